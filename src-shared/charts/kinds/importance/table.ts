import { fixed } from '../../../numbers.ts';
import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import type { ImportanceData } from './data.ts';

/** One row for each setting and each pair. */
export function importanceTable({ quantity, rows, notes }: ImportanceData): ChartTable {
  return {
    columns: ['metric', 'mark', 'settings', 'share of variance', 'low', 'high'],
    rows: rows.map(({ label, isPair, share, low, high }) => [
      ...[quantity.title, isPair ? 'pair' : 'setting', label, share, low, high],
    ]),
    notes,
  };
}

export function importanceReading({ quantity, rows, notes }: ImportanceData): ReadingTable {
  const text = (share: number): string => fixed(100 * share, 1);
  return {
    caption: `Share of the variance of ${quantity.title} over all combinations of the values.`,
    columns: ['Settings', 'Share (%)', '95\u00a0% of the refits'],
    rows: rows.map(({ label, share, low, high }) => [label, text(share), `${text(low)} to ${text(high)}`]),
    notes,
  };
}
