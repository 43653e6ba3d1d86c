import { leftOutText } from '../../cells/account-notes.ts';
import type { ChartTable } from '../../chart-table.ts';
import { type ConfusionData, isImage } from './data.ts';

/**
 * One row for each pair of true and predicted class; of matrices that are images those pairs that have an image. Then one
 * for each cell without a matrix of its own of which runs are left out.
 */
export function confusionTable(data: ConfusionData): ChartTable {
  const { classes, panels } = data;
  const isShown = (count: number): boolean => count > 0 || !isImage(data);
  const leftOut = Map.groupBy(data.leftOut, ({ label }) => label);
  const textOf = (label: string): string =>
    leftOutText((leftOut.get(label) ?? []).flatMap((cell) => cell.leftOut));
  const labels = new Set(panels.map(({ label }) => label));
  return {
    columns: ['matrix', 'runs', 'true', 'predicted', 'images', 'share', 'left out'],
    rows: [
      ...panels.flatMap(({ label, runs, counts, shares }) =>
        counts.flatMap((line, row) =>
          line.flatMap((count, column) =>
            isShown(count)
              ? [
                  [
                    ...[label, runs.length, classes[row] ?? '', classes[column] ?? ''],
                    ...[count, shares[row]?.[column] ?? null, textOf(label)],
                  ],
                ]
              : [],
          ),
        ),
      ),
      ...[...leftOut.keys()]
        .filter((label) => !labels.has(label))
        .map((label) => [label, 0, null, null, null, null, textOf(label)]),
    ],
  };
}
