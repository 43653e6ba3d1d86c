import type { ChartTable } from '../chart-table.ts';
import type { HeatMapData, Marginal } from './data.ts';

/** One row for each place of the map, then one for each marginal mean, whose other column says `mean`. */
export function heatMapTable({ x, y, panels, marginals, quantity }: HeatMapData): ChartTable {
  const panelled = panels.length > 1;
  const row = (
    panel: string,
    [column, line]: readonly [string, string],
    values: readonly (string | number | null)[],
  ): (string | number | null)[] => [...(panelled ? [panel] : []), column, line, ...values];
  const cells = panels.flatMap((panel) =>
    panel.cells.map((cell) =>
      row(
        panel.label,
        [x.labels[cell.column] ?? '', y.labels[cell.row] ?? ''],
        [cell.state, cell.mean, cell.low, cell.high, cell.seeds, cell.cells, cell.leftOut],
      ),
    ),
  );
  const marginal = (place: readonly [string, string], mean: Marginal | null): (string | number | null)[] =>
    row('', place, [
      ...['marginal', mean?.mean ?? null, mean?.low ?? null, mean?.high ?? null],
      ...[mean?.seeds ?? 0, mean?.cells ?? null, ''],
    ]);
  const edges = marginals
    ? [
        ...marginals.columns.map((mean, column) => marginal([x.labels[column] ?? '', 'mean'], mean)),
        ...marginals.rows.map((mean, line) => marginal(['mean', y.labels[line] ?? ''], mean)),
        marginal(['mean', 'mean'], marginals.all),
      ]
    : [];
  return {
    columns: [
      ...(panelled ? ['panel'] : []),
      ...[x.title, y.title, 'state', quantity.title, 'low', 'high', 'n seeds', 'n cells', 'left out'],
    ],
    rows: [...cells, ...edges],
  };
}
