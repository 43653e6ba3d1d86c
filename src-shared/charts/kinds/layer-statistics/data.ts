import { Problem } from '../../../mistakes/problem.ts';
import type { RecordedPart } from '../../../metrics/layer-histograms.ts';
import type { ChartTable } from '../../chart-table.ts';
import { mergeOrders } from '../../layers/merge-orders.ts';
import type { ModuleGroups } from '../../layers/module-groups.ts';
import { type RecordedRun, stepAxis } from '../../recorded/recorded-runs.ts';
import { axesOf, type HeatCell, type HeatMapData } from '../heat-map/data.ts';
import { statistic, type StatisticName, statisticQuantity } from './statistics.ts';

/**
 * A statistic of layers (downwards, in their order) over steps, a map for each run, all with the same colours.
 *
 * @param modulesOf of layers as they follow each other
 * @throws Problem `usage` for a statistic that is of something else, or that is not defined for any layer
 */
export function statisticMap(
  runs: readonly RecordedRun[],
  chosen: { readonly of: RecordedPart; readonly statistic: StatisticName },
  modulesOf: (layers: readonly string[]) => ModuleGroups,
): HeatMapData {
  const { of, value } = statistic(chosen.statistic);
  if (of !== undefined && of !== chosen.of)
    throw new Problem('usage', `The ${chosen.statistic} is of ${of}, not of ${chosen.of}.`);
  const orders = runs.flatMap(({ steps: [first] }) =>
    first ? [first.layers.map(({ layer }) => layer)] : [],
  );
  // a map counts its rows upwards
  const layers = mergeOrders(orders);
  const rows = layers.toReversed();
  const { groups } = modulesOf(rows);
  const panels = runs.map(({ run, label, steps }) => ({
    label,
    axes: { x: stepAxis(steps), y: { title: 'layer', labels: rows, groups } },
    cells: steps.flatMap(({ layers: own }, column) => {
      const byName = new Map(own.map((layer) => [layer.layer, layer]));
      return rows.map((name, row): HeatCell => {
        const found = byName.get(name);
        const mean = found ? value(found) : null;
        return {
          ...{ column, row, mean, low: null, high: null, seeds: 1, cells: 1, leftOut: '', runs: [run] },
          state: found === undefined ? 'no such layer' : mean === null ? 'not defined' : 'measured',
        };
      });
    }),
  }));
  const [first] = panels;
  if (!first || panels.every(({ cells }) => cells.every(({ mean }) => mean === null)))
    throw new Problem(
      'usage',
      `The ${chosen.statistic} of ${chosen.of} is not defined for any layer of these runs.`,
    );
  return {
    quantity: statisticQuantity(chosen.statistic, chosen.of),
    ofRuns: true,
    ...first.axes,
    panels,
    marginals: null,
    notes: [
      panels.some(({ cells }) => cells.some(({ state }) => state === 'not defined'))
        ? 'without a colour: zero, which has no logarithm, or nothing finite'
        : '',
      modulesOf(layers).note,
    ],
  };
}

/** One row for each layer, step and run. */
export function statisticTable(data: HeatMapData): ChartTable {
  return {
    columns: ['run', 'step', 'layer', 'state', data.quantity.title],
    rows: data.panels.flatMap((panel) => {
      const { x, y } = axesOf(data, panel);
      return panel.cells.map(({ column, row, state, mean, runs: [run = ''] }) => [
        ...[run, x.values?.[column] ?? null, y.labels[row] ?? '', state, mean],
      ]);
    }),
  };
}
