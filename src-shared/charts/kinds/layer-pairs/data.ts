import type { Analysis } from '../../../analysis/analysis-result.ts';
import { Problem } from '../../../mistakes/problem.ts';
import { rangeOf } from '../../../metrics/value-kind.ts';
import type { Range } from '../../../statistics/interval.ts';
import type { SeedValue } from '../../../statistics/compare-seeds.ts';
import { seedInterval } from '../../../statistics/seed-interval.ts';
import { type CellTable, type MeasuredCell, type MeasuredRun, cellText } from '../../cells/measured-cell.ts';
import { type HeatAxis, type HeatCell, type HeatMapData, mapNotes } from '../heat-map/data.ts';
import { analysedRuns } from '../../layers/analysed-runs.ts';
import { type LayerMeasure, measureQuantity, noSuchLayers } from '../../layers/layer-measure.ts';
import type { ModuleGroups } from '../../layers/module-groups.ts';
import { quantityText } from '../../quantity.ts';
import { mergeOrders } from '../../layers/merge-orders.ts';

const MOST_PANELS = 9;

/** Of layers in the order in which they stand. */
type ModulesOf = (layers: readonly string[]) => ModuleGroups | null;

/**
 * How alike the layers of a network are, each with each: one panel a cell, in each place the mean over the cell's runs. A
 * panel has the layers of its own network, and the colours are the same in all figures.
 *
 * @param roles of the layers that are shown; null for all.
 * @throws Problem `usage` where nothing is known of these runs, or for more cells than can be read.
 */
export function layerPairsData(
  table: CellTable,
  analyses: readonly Analysis[],
  chosen: LayerMeasure,
  roles: readonly string[] | null,
  modulesOf: ModulesOf = () => null,
): HeatMapData {
  const { byRun, notes } = analysedRuns(table, analyses, chosen.method.name, chosen.measure.title);
  const cells = table.cells.filter(({ measured }) => measured.some(({ run }) => byRun.has(run)));
  if (cells.length > MOST_PANELS) {
    throw new Problem(
      'usage',
      `${cells.length} cells are too many maps to read (at most ${MOST_PANELS}): choose one cell, or filter the runs.`,
    );
  }
  const range = rangeOf(chosen.measure);
  const maps = cells.map((cell) => {
    const own = mergeOrders(
      cell.measured.flatMap(({ run }) => {
        const analysis = byRun.get(run);
        return analysis ? [layersOf(analysis, chosen, roles)] : [];
      }),
    );
    const known = pairValues(cell, byRun, chosen);
    // a layer whose features are all alike is like none: it would be an empty stripe
    const layers = own.filter((layer) => own.some((other) => known.has(pairKey(layer, other))));
    const lost = own.filter((layer) => !layers.includes(layer));
    return { cell, layers, lost, cells: pairs(cell, layers, known, range) };
  });
  const layers = mergeOrders(maps.map(({ layers: own }) => own));
  if (layers.length === 0) throw noSuchLayers(chosen, roles);
  const panels = maps.map(({ cell, layers: own, cells: places }) => ({
    label: cellText(table.varying, cell),
    cells: places,
    axes: axesOfLayers(own, modulesOf),
  }));
  const means = panels.flatMap((panel) => panel.cells.flatMap(({ mean }) => mean ?? []));
  const below = Math.min(0, ...means);
  const quantity = measureQuantity(chosen);
  return {
    quantity,
    ...axesOfLayers(layers, modulesOf),
    colours: [0, 1],
    panels,
    marginals: null,
    notes: [
      ...mapNotes(quantity, panels),
      'of two layers of one run',
      below < 0 ? `colours from 0: the lowest mean is ${quantityText(quantity, below)}` : '',
      ...maps.flatMap(({ cell, lost }) =>
        lostNote(lost, maps.length > 1 ? cellText(table.varying, cell) : ''),
      ),
      modulesOf(layers)?.note ?? '',
      ...notes,
    ].filter((note) => note !== ''),
  };
}

/** Across and, from below, upwards. */
function axesOfLayers(layers: readonly string[], modulesOf: ModulesOf): Pick<HeatMapData, 'x' | 'y'> {
  const axis = (labels: readonly string[]): HeatAxis => {
    const modules = modulesOf(labels);
    return { title: 'layer', labels, ...(modules && { groups: modules.groups }) };
  };
  return { x: axis(layers), y: axis(layers.toReversed()) };
}

function lostNote(lost: readonly string[], cell: string): string {
  const of = cell === '' ? '' : ` of ${cell}`;
  return lost.length === 0 ? '' : `left out: ${lost.join(', ')}${of}, where it is not defined`;
}

function layersOf(
  { results }: Analysis,
  { measure }: LayerMeasure,
  roles: readonly string[] | null,
): string[] {
  const own = results.filter((result) => result.measure === measure.name && result.other !== undefined);
  const isShown = (role: string | null): boolean => roles === null || (role !== null && roles.includes(role));
  const first = own.filter(({ role }) => isShown(role)).map(({ layer }) => layer ?? '');
  // the last layer of all is only ever the other one of a pair
  const last = roles === null ? own.slice(-1).map(({ other }) => other?.layer ?? '') : [];
  return [...new Set([...first, ...last])];
}

/** By pair the values of the cell's runs. */
function pairValues(
  { measured }: MeasuredCell,
  byRun: ReadonlyMap<string, Analysis>,
  { measure }: LayerMeasure,
): ReadonlyMap<string, readonly SeedValue[]> {
  const values = new Map<string, SeedValue[]>();
  for (const { run, seed } of measured)
    for (const { measure: name, layer, other, value } of byRun.get(run)?.results ?? []) {
      if (name !== measure.name || layer === null || other === undefined || value === null) continue;
      const key = pairKey(layer, other.layer);
      values.set(key, [...(values.get(key) ?? []), { seed, value }]);
    }
  return values;
}

function pairs(
  { measured, decision }: MeasuredCell,
  layers: readonly string[],
  values: ReadonlyMap<string, readonly SeedValue[]>,
  range: Range,
): HeatCell[] {
  const seeds = new Set([...values.values()].flatMap((pair) => pair.map(({ seed }) => seed)));
  const known = measured.filter(({ seed }) => seeds.has(seed));
  return layers.flatMap((one, column) =>
    layers.toReversed().map((other, row): HeatCell => {
      // a layer is wholly like itself
      const found =
        one === other
          ? known.map(({ seed }) => ({ seed, value: 1 }))
          : (values.get(pairKey(one, other)) ?? []);
      const { n, mean, low, high } = seedInterval(found, decision?.firstStage, range);
      return {
        ...{ column, row, seeds: n, cells: 1, mean, low, high, leftOut: '', runs: known.map(idOf) },
        state: n > 0 ? 'measured' : 'not defined',
      };
    }),
  );
}

function idOf({ run }: MeasuredRun): string {
  return run;
}

function pairKey(one: string, other: string): string {
  return one < other ? `${one}\n${other}` : `${other}\n${one}`;
}
