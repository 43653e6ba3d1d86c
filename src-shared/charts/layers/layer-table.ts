import type { Analysis, AnalysisResult, MeasureDescription } from '../../analysis/analysis-result.ts';
import { drawnScope, LAYER_SCOPES, scopeOf } from '../../analysis/result-scope.ts';
import type { ResultScope } from '../../analysis/analysis-result.ts';
import { Problem } from '../../mistakes/problem.ts';
import { factorLabels } from '../../studies/factor-labels.ts';
import { rangeOf } from '../../metrics/value-kind.ts';
import { mean, type Range } from '../../statistics/interval.ts';
import type { FactorValue } from '../../studies/cell.ts';
import {
  cellText,
  type CellTable,
  type MeasuredCell,
  type MeasuredRun,
  settingKey,
  settingsText,
  type VaryingSetting,
} from '../cells/measured-cell.ts';
import { measuredInterval } from '../cells/measured-interval.ts';
import type { Quantity } from '../quantity.ts';
import { analysedRuns } from './analysed-runs.ts';
import { type LayerMeasure, measureQuantity, noSuchLayers } from './layer-measure.ts';
import { mergeOrders } from './merge-orders.ts';

/** One cell of a study, or a pair of cells whose layers are compared, with a number of each of its layers. */
export interface LayerCell {
  readonly id: string;
  /** `SR = 0.25, 3×3 = 0.5`, or the name of an imported network; empty for the only cell. */
  readonly label: string;
  /** Not of a study: no setting tells it from the others. */
  readonly isImported: boolean;
  /** Of the settings that vary, by path. */
  readonly settings: Readonly<Record<string, FactorValue>>;
  /** By layer; the values of its runs are the measure's. */
  readonly layers: ReadonlyMap<string, MeasuredCell>;
  /** By the baseline's name and layer its mean over the runs. */
  readonly baselines: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** The one row of a measure of whole networks. */
const WHOLE_NETWORK = 'whole network';

/** A measure of layers over cells and seeds. */
export interface LayerTable {
  readonly quantity: Quantity;
  /** What the measure is of; of channels the mean over each layer's is shown. */
  readonly scope: ResultScope;
  /** In the order of the networks. */
  readonly layers: readonly string[];
  /** By layer. */
  readonly roleOf: ReadonlyMap<string, string | null>;
  /** Of which roles layers were asked for; null for all. */
  readonly roles: readonly string[] | null;
  /** Among the cells of which something is known. */
  readonly varying: readonly VaryingSetting[];
  /** What varies, but not among these: with the one value that they have. */
  readonly alike: readonly VaryingSetting[];
  readonly cells: readonly LayerCell[];
  /** What is to be said of runs that are left out; empty without such. */
  readonly notes: readonly string[];
}

/** A number of a layer that one run gave. */
interface Finding {
  readonly run: MeasuredRun;
  readonly result: AnalysisResult;
}

interface CellFindings {
  readonly cell: MeasuredCell;
  readonly found: readonly Finding[];
}

/**
 * Gathers one measure of layers, or of the network: of each cell the numbers of its runs, one a seed.
 *
 * @param table the cells of these runs; which measure it is of does not matter.
 * @param analyses what is known of the runs, at least by the measure's method.
 * @param roles of the layers that are shown; null for all. Networks have none.
 * @throws Problem `usage` where there is nothing to show of these runs, with the reason.
 */
export function layerTable(
  table: CellTable,
  analyses: readonly Analysis[],
  chosen: LayerMeasure,
  roles: readonly string[] | null,
): LayerTable {
  const { method, measure } = chosen;
  const scope = drawnScope(LAYER_SCOPES, measure);
  if (scope === null) throw new Error(`${measure.name} has no values for single layers`);
  const { byRun, notes } = analysedRuns(table, analyses, method.name, measure.title);
  const isShown = ({ role }: AnalysisResult): boolean =>
    roles === null || scope === 'network' || (role !== null && roles.includes(role));
  const ofRun = (run: MeasuredRun): Finding[] =>
    numbersOf(run.run, byRun.get(run.run)?.results ?? [], measure.name, scope)
      .filter(isShown)
      .map((result) => ({ run, result }));
  const findings = table.cells.map((cell) => ({ cell, found: cell.measured.flatMap(ofRun) }));
  const isPaired = scope === 'pair of runs';
  const range = rangeOf(measure);
  const ofCell = ({ cell }: CellFindings): MeasuredCell =>
    measure.isOverSeeds ? { ...cell, isOfPairs: true } : cell;
  const cells = isPaired
    ? pairsOfCells(findings, table.varying, range)
    : findings.map((each) => layerCell(ofCell(each), cellText(table.varying, each.cell), each.found, range));
  const all = findings.flatMap(({ found }) => found);
  const names = new Set(all.map(({ result }) => result.layer));
  if (all.length === 0) throw noSuchLayers(chosen, roles);
  const shown = cells.filter(({ layers }) => layers.size > 0);
  if (shown.length === 0)
    throw new Problem('usage', `"${measure.title}" compares cells: choose runs of two or more.`);
  if (all.every(({ result }) => result.value === null))
    throw new Problem('usage', `"${measure.title}" is not defined for any of these layers.`);
  const among = settingsAmong(table.varying, shown);
  return {
    quantity: measureQuantity(chosen, scope === 'channel' ? ', mean of channels' : ''),
    scope,
    layers: mergeOrders([...byRun.values()].map(layersInOrder)).filter((layer) => names.has(layer)),
    roleOf: new Map(all.map(({ result }) => [result.layer ?? '', result.role])),
    roles,
    varying: isPaired ? [] : among.filter(({ values }) => values.length > 1),
    alike: isPaired ? [] : among.filter(({ values }) => values.length === 1),
    cells: shown,
    notes: [...notesOf(scope, measure), ...notes],
  };
}

/** What is to be said of the numbers themselves. */
function notesOf(scope: ResultScope, { isOverSeeds }: MeasureDescription): string[] {
  if (isOverSeeds) return ['jackknife intervals, because each pair of seeds counts for both'];
  if (scope === 'channel') return ['means over the channels of a layer'];
  return scope === 'pair of runs'
    ? ['each layer compared with the layer of the same name in the other cell']
    : [];
}

/** Settings with the values that they have among the cells that are shown. */
function settingsAmong(settings: readonly VaryingSetting[], cells: readonly LayerCell[]): VaryingSetting[] {
  const own = cells.filter(({ isImported }) => !isImported);
  return settings.map((setting) => {
    const present = new Set(own.map((cell) => settingKey(cell.settings[setting.path])));
    const values = setting.values.filter((value) => present.has(settingKey(value)));
    return { ...setting, values, labels: factorLabels(values) };
  });
}

/** Of a run the numbers of a measure, each as one of a layer. */
function numbersOf(
  run: string,
  results: readonly AnalysisResult[],
  measure: string,
  scope: ResultScope,
): AnalysisResult[] {
  const own = results.filter((result) => result.measure === measure && scopeOf(run, result) === scope);
  if (scope === 'network') return own.map((result) => ({ ...result, layer: WHOLE_NETWORK }));
  return scope === 'channel' ? [...Map.groupBy(own, ({ layer }) => layer).values()].flatMap(meanResult) : own;
}

/** Mean over the channels of a layer, value and baselines; those that are not defined do not count. */
function meanResult(channels: readonly AnalysisResult[]): AnalysisResult[] {
  const [first] = channels;
  if (first === undefined) return [];
  const meanOf = (of: (result: AnalysisResult) => number | null | undefined): number | null => {
    const values = channels.flatMap((result) => of(result) ?? []);
    return values.length === 0 ? null : mean(values);
  };
  const names = Object.keys(first.baselines);
  const baselines = names.map((name) => [name, meanOf((result) => result.baselines[name])] as const);
  return [
    {
      ...{ ...first, channel: null, value: meanOf(({ value }) => value), interval: null },
      baselines: Object.fromEntries(baselines),
    },
  ];
}

/**
 * In the order of the network, in which methods tell of them. A measure may pass over some, and so does a comparison with a
 * network that lacks them: the order of each is kept.
 */
function layersInOrder({ results }: Analysis): string[] {
  const tellings = Map.groupBy(results, ({ measure, other }) => `${measure} ${other?.run ?? ''}`);
  const orders = [...tellings.values()].map((told) => [...new Set(told.flatMap(({ layer }) => layer ?? []))]);
  return [...mergeOrders(orders), WHOLE_NETWORK];
}

function layerCell(cell: MeasuredCell, label: string, found: readonly Finding[], range: Range): LayerCell {
  const byLayer = Map.groupBy(found, ({ result }) => result.layer ?? '');
  const layers = [...byLayer].map(([layer, findings]) => [layer, withValues(cell, findings, range)] as const);
  const baselines = baselinesOf(found);
  const { id, settings, isImported = false } = cell;
  return { id, label, isImported, settings, layers: new Map(layers), baselines };
}

/** The cell with the first number of each run; a number that is not defined is no value. */
function withValues(cell: MeasuredCell, findings: readonly Finding[], range: Range): MeasuredCell {
  const values = new Map<number, MeasuredRun>();
  for (const { run, result } of findings) {
    const { value, interval } = result;
    if (value !== null && !values.has(run.seed))
      values.set(run.seed, { ...run, value, ...(interval && { interval }) });
  }
  const measured = [...values.values()].sort((one, other) => one.seed - other.seed);
  const interval = measuredInterval(cell, measured, cell.decision?.firstStage, range);
  return { ...cell, measured, interval };
}

/** Each two cells once: the values are those of the former's runs, the baselines those of both. */
function pairsOfCells(
  findings: readonly CellFindings[],
  varying: readonly VaryingSetting[],
  range: Range,
): LayerCell[] {
  const cellOf = new Map(findings.flatMap(({ cell }) => cell.measured.map(({ run }) => [run, cell.id])));
  const otherOf = ({ result }: Finding): string => cellOf.get(result.other?.run ?? '') ?? '';
  const byOther = new Map(findings.map(({ cell, found }) => [cell.id, Map.groupBy(found, otherOf)]));
  return findings.flatMap(({ cell }, place) =>
    findings.slice(place + 1).flatMap(({ cell: other }) => {
      const members = byOther.get(cell.id)?.get(other.id) ?? [];
      if (members.length === 0) return [];
      const both = [...members, ...(byOther.get(other.id)?.get(cell.id) ?? [])];
      return [
        { ...layerCell(cell, pairLabel(cell, other, varying), members, range), baselines: baselinesOf(both) },
      ];
    }),
  );
}

/** `SR = 0.125 and 1, 3×3 = 0.5`: what both share is said once. */
function pairLabel(one: MeasuredCell, other: MeasuredCell, varying: readonly VaryingSetting[]): string {
  return varying
    .map((setting) => {
      const [first, second] = [one, other].map(({ settings }) => settingsText([setting], settings));
      const value = second?.split(' = ').at(-1) ?? '';
      return first === second ? (first ?? '') : `${first ?? ''} and ${value}`;
    })
    .join(', ');
}

function baselinesOf(findings: readonly Finding[]): LayerCell['baselines'] {
  const sums = new Map<string, Map<string, number[]>>();
  for (const { result } of findings)
    for (const [name, value] of Object.entries(result.baselines)) {
      if (value === null || result.layer === null) continue;
      const byLayer = sums.get(name) ?? new Map<string, number[]>();
      byLayer.set(result.layer, [...(byLayer.get(result.layer) ?? []), value]);
      sums.set(name, byLayer);
    }
  return new Map(
    [...sums].map(([name, byLayer]) => [
      name,
      new Map([...byLayer].map(([layer, values]) => [layer, mean(values)])),
    ]),
  );
}
