import type { ChartTable } from '../chart-table.ts';
import type { ConfusionData } from './data.ts';

/** One row for each pair of true and predicted class. */
export function confusionTable({ classes, panels }: ConfusionData): ChartTable {
  return {
    columns: ['matrix', 'true', 'predicted', 'images', 'share'],
    rows: panels.flatMap(({ label, counts, shares }) =>
      classes.flatMap((truth, row) =>
        classes.map((prediction, column) => [
          ...[label, truth, prediction, counts[row]?.[column] ?? 0, shares[row]?.[column] ?? null],
        ]),
      ),
    ),
  };
}
