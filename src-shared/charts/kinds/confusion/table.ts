import { leftOutText } from '../../cells/account-notes.ts';
import type { ChartTable } from '../../chart-table.ts';
import { type ConfusionData, type ConfusionDifference, isImage } from './data.ts';

/**
 * One row for each pair of true and predicted class; of matrices that are images those pairs that have an image. Then one
 * for each cell without a matrix of its own of which runs are left out.
 */
export function confusionTable(data: ConfusionData): ChartTable {
  const { classes, panels, difference } = data;
  if (difference) return differenceTable(data, difference);
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

/** What differs most comes first; pairs of classes that no run has taken for one another are left out. */
function differenceTable(
  { classes, panels }: ConfusionData,
  { from, squares }: ConfusionDifference,
): ChartTable {
  const rows = panels.flatMap(({ label, shares }, panel) =>
    shares.flatMap((line, row) =>
      line.flatMap((share, column) => {
        const square = squares[panel]?.[row]?.[column];
        if (!square || share === null || square.shares.every((each) => each === 0)) return [];
        const { n, p, adjustedP, isSignificant } = square;
        const [own, other] = square.shares;
        const places = [label, from, classes[row] ?? '', classes[column] ?? ''];
        return [{ share, cells: [...places, own, other, share, ...n, p, adjustedP, isSignificant] }];
      }),
    ),
  );
  return {
    columns: [
      ...['matrix', 'from', 'true', 'predicted', 'share', 'share of from', 'difference'],
      ...['n', 'n of from', 'p', 'adjusted p', 'significant'],
    ],
    rows: rows.sort((one, other) => Math.abs(other.share) - Math.abs(one.share)).map(({ cells }) => cells),
  };
}
