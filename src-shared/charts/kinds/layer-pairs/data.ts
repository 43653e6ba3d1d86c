import type { Analysis } from '../../../analysis/analysis-result.ts';
import { Problem } from '../../../mistakes/problem.ts';
import { rangeOf } from '../../../metrics/value-kind.ts';
import type { SeedValue } from '../../../statistics/compare-seeds.ts';
import { seedInterval } from '../../../statistics/seed-interval.ts';
import { type CellTable, type MeasuredCell, type MeasuredRun, cellText } from '../../cells/measured-cell.ts';
import { type HeatCell, type HeatMapData, mapNotes } from '../heat-map/data.ts';
import { analysedRuns } from '../../layers/analysed-runs.ts';
import { type LayerMeasure, measureQuantity, noSuchLayers } from '../../layers/layer-measure.ts';
import { mergeOrders } from '../../layers/merge-orders.ts';

const MOST_PANELS = 9;

/**
 * How alike the layers of a network are, each with each: one panel a cell, in each place the mean over the cell's runs.
 *
 * @param roles of the layers that are shown; null for all.
 * @throws Problem `usage` where nothing is known of these runs, or for more cells than can be read.
 */
export function layerPairsData(
  table: CellTable,
  analyses: readonly Analysis[],
  chosen: LayerMeasure,
  roles: readonly string[] | null,
): HeatMapData {
  const { byRun, notes } = analysedRuns(table, analyses, chosen.method.name, chosen.measure.title);
  const cells = table.cells.filter(({ measured }) => measured.some(({ run }) => byRun.has(run)));
  if (cells.length > MOST_PANELS) {
    throw new Problem(
      'usage',
      `${cells.length} cells are too many maps to read (at most ${MOST_PANELS}): choose one cell, or filter the runs.`,
    );
  }
  const layers = mergeOrders([...byRun.values()].map((analysis) => layersOf(analysis, chosen, roles)));
  if (layers.length === 0) throw new Problem('usage', noSuchLayers(chosen, roles));
  const labels = { title: 'layer', labels: layers };
  const panels = cells.map((cell) => ({
    label: cellText(table.varying, cell),
    cells: pairs(cell, layers, byRun, chosen),
  }));
  return {
    quantity: measureQuantity(chosen),
    x: labels,
    y: { ...labels, labels: layers.toReversed() },
    panels,
    marginals: null,
    notes: [...mapNotes(measureQuantity(chosen), panels), 'of two layers of one run', ...notes],
  };
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

function pairs(
  { measured, decision }: MeasuredCell,
  layers: readonly string[],
  byRun: ReadonlyMap<string, Analysis>,
  { measure }: LayerMeasure,
): HeatCell[] {
  const values = new Map<string, SeedValue[]>();
  const known = measured.filter(({ run }) => byRun.has(run));
  for (const { run, seed } of known)
    for (const { measure: name, layer, other, value } of byRun.get(run)?.results ?? []) {
      if (name !== measure.name || layer === null || other === undefined || value === null) continue;
      const key = pairKey(layer, other.layer);
      values.set(key, [...(values.get(key) ?? []), { seed, value }]);
    }
  const own = new Set([...values.keys()].flatMap((key) => key.split('\n')));
  return layers.flatMap((one, column) =>
    layers.toReversed().map((other, row): HeatCell => {
      // a layer is wholly like itself
      const found =
        one === other && own.has(one)
          ? known.map(({ seed }) => ({ seed, value: 1 }))
          : (values.get(pairKey(one, other)) ?? []);
      const { n, mean, low, high } = seedInterval(found, decision?.firstStage, rangeOf(measure));
      return {
        ...{ column, row, seeds: n, cells: 1, mean, low, high, leftOut: '', runs: known.map(idOf) },
        state: n > 0 ? 'measured' : own.has(one) && own.has(other) ? 'not defined' : 'no such layer',
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
