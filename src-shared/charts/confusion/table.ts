import type { ChartTable } from '../chart-table.ts';
import { type ConfusionData, isImage } from './data.ts';

/** One row for each pair of true and predicted class; of matrices that are images those pairs that have an image. */
export function confusionTable(data: ConfusionData): ChartTable {
  const { classes, panels } = data;
  const isShown = (count: number): boolean => count > 0 || !isImage(data);
  return {
    columns: ['matrix', 'runs', 'true', 'predicted', 'images', 'share'],
    rows: panels.flatMap(({ label, runs, counts, shares }) =>
      counts.flatMap((line, row) =>
        line.flatMap((count, column) =>
          isShown(count)
            ? [
                [
                  ...[label, runs.length, classes[row] ?? '', classes[column] ?? ''],
                  ...[count, shares[row]?.[column] ?? null],
                ],
              ]
            : [],
        ),
      ),
    ),
  };
}
