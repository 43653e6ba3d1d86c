import type { Analysis, AnalysisResult, MethodDescription } from '../../../analysis/analysis-result.ts';
import { measureKey } from '../../../analysis/findings.ts';
import { mean, RANGES, type TInterval } from '../../../statistics/interval.ts';
import { seedInterval } from '../../../statistics/seed-interval.ts';
import { countText } from '../../cells/count-text.ts';
import { type CellTable, cellText, type MeasuredCell } from '../../cells/measured-cell.ts';
import { analysedRuns } from '../../layers/analysed-runs.ts';
import type { ImagesOf } from '../../layers/border-layers.ts';
import { cellModules, partsInOrder } from '../../layers/cell-modules.ts';
import { findMeasure, measureQuantity, noSuchLayers } from '../../layers/layer-measure.ts';
import { mergeOrders } from '../../layers/merge-orders.ts';
import type { Quantity } from '../../quantity.ts';

const METHOD = 'channel-energy';
const MEASURE = 'cumulated share';
export const ENERGY = measureKey(METHOD, MEASURE);

/** So many curves of a panel can be followed. */
const MOST_CELLS = 5;

/** What a layer's strongest channels carry of its energy, by their number. */
export interface EnergyCurve {
  /** Place among the cells. */
  readonly cell: number;
  readonly layer: string;
  /** What it is in its module. */
  readonly part: string;
  /** Place among the panels. */
  readonly panel: number;
  /** Place among the lines. */
  readonly line: number;
  /** Of the strongest channel, the two strongest, and so on: over the seeds. */
  readonly shares: readonly TInterval[];
  /** Means of the untrained network; empty where these are unknown. */
  readonly untrained: readonly number[];
  readonly runs: readonly string[];
}

export interface EnergyData {
  readonly quantity: Quantity;
  /** Modules; where the layers of several cells were chosen, these layers. */
  readonly panels: readonly string[];
  /** What is told apart within a panel: the roles of one cell, or the cells. */
  readonly lines: readonly string[];
  readonly lineTitle: 'role' | 'cell';
  /** What the cells are called. */
  readonly cells: readonly string[];
  /** In the order of the layers. */
  readonly curves: readonly EnergyCurve[];
  /** Up to which share the method counts channels; null where it is unknown. */
  readonly carried: number | null;
  readonly notes: readonly string[];
}

/**
 * The cumulated shares of the energy of each layer's channels, the strongest first: means over the seeds of a cell by rank,
 * since the channels of two trainings do not correspond. Layers lie together by their modules; of several cells only the last
 * of each module, unless roles are chosen: then each layer is by itself.
 *
 * @param roles of the layers that are shown; null for all.
 * @param imagesOf the data sets, to build their networks.
 * @throws Problem `usage` where nothing is known of these runs or of layers of these roles.
 */
export function energyData(
  table: CellTable,
  analyses: readonly Analysis[],
  methods: readonly MethodDescription[],
  roles: readonly string[] | null,
  imagesOf: ImagesOf = () => null,
): EnergyData {
  const chosen = findMeasure(methods, ENERGY);
  const { byRun, notes } = analysedRuns(table, analyses, METHOD, chosen.measure.title);
  const curvesOf = (run: string): ReadonlyMap<string, readonly AnalysisResult[]> =>
    rankedByLayer(byRun.get(run)?.results ?? [], roles);
  const known = table.cells
    .map((cell) => ({
      cell,
      curves: cell.measured.map(({ run, seed }) => ({ run, seed, layers: curvesOf(run) })),
    }))
    .filter(({ curves }) => curves.some(({ layers }) => layers.size > 0));
  if (known.length === 0) throw noSuchLayers(chosen, roles);
  const drawn = known.slice(0, MOST_CELLS);
  const all = drawn.flatMap(({ curves }) => curves.map(({ layers }) => layers));
  const layers = mergeOrders(all.map((of) => [...of.keys()]));
  const roleOf = new Map(all.flatMap((of) => [...of].map(([layer, [first]]) => [layer, first?.role ?? ''])));
  const { places, notes: ofModules } = cellModules(
    { layers, roleOf, cells: drawn.map(({ cell }) => cell) },
    table,
    imagesOf,
  );
  const isOfCells = drawn.length > 1;
  const moduleOf = (layer: string): string => places.get(layer)?.module ?? layer;
  const panelOf = isOfCells && roles !== null ? (layer: string) => layer : moduleOf;
  const panels = [...new Set(layers.map(panelOf))];
  const parts = partsInOrder(layers, places, roleOf);
  const isOfLast = isOfCells && roles === null;
  const curves = drawn.flatMap(({ curves: runs }, cell) => {
    const own = layers.filter((layer) => runs.some(({ layers: of }) => of.has(layer)));
    return (isOfLast ? lastOfModules(own, moduleOf) : own).map((layer): EnergyCurve => {
      const ranked = runs.flatMap(({ run, seed, layers: of }) => {
        const found = of.get(layer);
        return found ? [{ run, seed, ranked: found }] : [];
      });
      const part = places.get(layer)?.part ?? '';
      const panel = panels.indexOf(panelOf(layer));
      const line = isOfCells ? cell : parts.indexOf(part);
      return { cell, layer, part, panel, line, ...meanCurve(ranked, drawn[cell]?.cell.decision?.firstStage) };
    });
  });
  const names = drawn.map(({ cell }) => cellText(table.varying, cell));
  const settings = [...byRun.values()].map((analysis) => analysis.settings)[0] ?? {};
  const carried = settings['share'];
  return {
    quantity: measureQuantity(chosen),
    ...{ panels, curves, cells: names },
    ...{ lines: isOfCells ? names : parts, lineTitle: isOfCells ? 'cell' : 'role' },
    carried: typeof carried === 'number' ? carried : null,
    notes: [
      countText(
        curves.map(({ runs, cell }) => ({
          ...{ seeds: runs.length, cells: 1 },
          isImported: drawn[cell]?.cell.isImported === true,
        })),
      ),
      energyWords(settings['features']),
      weightWords(settings['gradients'], settings['logit']),
      leftOutNote(known.map(({ cell }) => cell)),
      isOfLast && panels.length < layers.length
        ? 'of each module the last layer: choose roles for others'
        : '',
      ...notes,
      ...ofModules,
    ],
  };
}

/** Those that a module ends with, without what follows it outside. */
function lastOfModules(layers: readonly string[], moduleOf: (layer: string) => string): string[] {
  const byModule = Map.groupBy(layers, moduleOf);
  return [...byModule].flatMap(([module, own]) => {
    const inside = own.filter((layer) => layer === module || layer.startsWith(`${module}/`));
    return inside.at(-1) ?? own.slice(-1);
  });
}

/** By layer the numbers of its channels, the strongest first. */
function rankedByLayer(
  results: readonly AnalysisResult[],
  roles: readonly string[] | null,
): ReadonlyMap<string, readonly AnalysisResult[]> {
  const own = results.filter(
    ({ measure, channel, role, value }) =>
      measure === MEASURE &&
      channel !== null &&
      value !== null &&
      (roles === null || (role !== null && roles.includes(role))),
  );
  return new Map(
    [...Map.groupBy(own, ({ layer }) => layer ?? '')].map(([layer, channels]) => [
      layer,
      channels.toSorted((one, other) => (one.value ?? 0) - (other.value ?? 0)),
    ]),
  );
}

interface RankedRun {
  readonly run: string;
  readonly seed: number;
  readonly ranked: readonly AnalysisResult[];
}

/** Networks of one cell have equally many channels in a layer. */
function meanCurve(
  runs: readonly RankedRun[],
  firstStage: readonly number[] | undefined,
): Pick<EnergyCurve, 'shares' | 'untrained' | 'runs'> {
  const length = Math.min(...runs.map(({ ranked }) => ranked.length));
  const ranks = Array.from({ length }, (_, rank) =>
    runs.flatMap(({ seed, ranked }) => {
      const channel = ranked[rank];
      return channel ? [{ seed, channel }] : [];
    }),
  );
  const untrained = ranks.map((own) => own.flatMap(({ channel }) => channel.baselines['untrained'] ?? []));
  return {
    shares: ranks.map((own) =>
      seedInterval(
        own.flatMap(({ seed, channel: { value } }) => (value === null ? [] : [{ seed, value }])),
        firstStage,
        RANGES.share,
      ),
    ),
    untrained: untrained.every((own) => own.length === runs.length) ? untrained.map(mean) : [],
    runs: runs.map(({ run }) => run),
  };
}

function energyWords(features: unknown): string {
  switch (features) {
    case 'window':
      return 'energy inside the saliency windows';
    case 'map':
      return 'energy at all positions';
    case 'grid':
      return 'energy of averages over a 4x4 grid';
    default:
      return 'energy of averages over all positions';
  }
}

function weightWords(gradients: unknown, whose: unknown): string {
  const of = `of the logit of the ${whose === 'true' ? 'true' : 'predicted'} class`;
  switch (gradients) {
    case 'guided':
      return `weighted by guided gradients ${of}, which fail the randomization test`;
    case 'plain':
      return `weighted by gradients ${of}`;
    default:
      return '';
  }
}

function leftOutNote(known: readonly MeasuredCell[]): string {
  return known.length > MOST_CELLS
    ? `the first ${MOST_CELLS} of ${known.length} cells: choose runs for others`
    : '';
}
