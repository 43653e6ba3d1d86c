import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import type { ChartTable } from '../../src-shared/charts/chart-table.ts';
import { factorText } from '../../src-shared/names/factor-text.ts';

/** One row for each cell: its settings, what it costs, mean, interval and n. */
export function cellTable({ cells, varying, quantity }: CellTable): ChartTable {
  return {
    columns: [...varying.map(({ title }) => title), 'parameters', 'MACs', quantity.title, 'low', 'high', 'n'],
    rows: cells.map(({ settings, parameters, macs, interval: { mean, low, high, n } }) => [
      ...varying.map(({ path }) => {
        const value = settings[path];
        return typeof value === 'number' ? value : factorText(value);
      }),
      ...[parameters, macs, mean, low, high, n],
    ]),
  };
}
