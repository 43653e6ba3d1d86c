import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import { quantityText, spreadText } from '../../quantity.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import { axesOf, type HeatAxis, type HeatMapData, type Marginal } from './data.ts';

type Place = readonly [column: FactorValue, row: FactorValue];

function valueAt({ values, labels }: HeatAxis, place: number): FactorValue {
  return (values ?? labels)[place] ?? '';
}

/** One row for each place of the map, then one for each marginal mean, whose other column says `mean`. */
export function heatMapTable({ x, y, panels, marginals, quantity }: HeatMapData): ChartTable {
  const panelled = panels.length > 1;
  const row = (panel: string, place: Place, values: readonly (string | number | null)[]): FactorValue[] => [
    ...(panelled ? [panel] : []),
    ...place,
    ...values,
  ];
  const cells = panels.flatMap((panel) => {
    const axes = axesOf({ x, y }, panel);
    return panel.cells.map((cell) =>
      row(
        panel.label,
        [valueAt(axes.x, cell.column), valueAt(axes.y, cell.row)],
        [cell.state, cell.mean, cell.low, cell.high, cell.seeds, cell.cells, cell.leftOut],
      ),
    );
  });
  const marginal = (place: Place, mean: Marginal | null): FactorValue[] =>
    row('', place, [
      ...['marginal', mean?.mean ?? null, mean?.low ?? null, mean?.high ?? null],
      ...[mean?.seeds ?? 0, mean?.cells ?? null, ''],
    ]);
  const edges = marginals
    ? [
        ...marginals.columns.map((mean, column) => marginal([valueAt(x, column), 'mean'], mean)),
        ...marginals.rows.map((mean, line) => marginal(['mean', valueAt(y, line)], mean)),
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

/** One row for each place of the maps. */
export function heatMapReading({ x, y, panels, quantity }: HeatMapData): ReadingTable {
  return {
    columns: [
      ...[x.title, y.title, 'settings', `mean (${quantity.axis})`, '95\u00a0% t interval'],
      ...['n seeds', 'state', 'left out'],
    ],
    rows: panels.flatMap(({ label, cells }) =>
      cells.map((cell) => [
        x.labels[cell.column] ?? '',
        y.labels[cell.row] ?? '',
        label,
        cell.mean === null ? null : quantityText(quantity, cell.mean),
        spreadText(quantity, cell) || null,
        cell.seeds,
        cell.state === 'measured' ? 'complete' : cell.state,
        cell.leftOut,
      ]),
    ),
  };
}
