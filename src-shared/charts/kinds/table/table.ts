import { leftOutText } from '../../cells/account-notes.ts';
import type { CellTable } from '../../cells/measured-cell.ts';
import type { ChartTable } from '../../chart-table.ts';

/** One row for each cell: its settings, what it costs, mean, interval, n, and which runs do not count. */
export function cellTable({ cells, varying, quantity }: CellTable): ChartTable {
  return {
    columns: [
      ...varying.map(({ title }) => title),
      'parameters',
      'MACs',
      quantity.title,
      'low',
      'high',
      'n',
      'left out',
    ],
    rows: cells.map(({ settings, parameters, macs, leftOut, interval: { mean, low, high, n } }) => [
      ...varying.map(({ path }) => settings[path] ?? null),
      ...[parameters, macs, mean, low, high, n, leftOutText(leftOut)],
    ]),
  };
}
