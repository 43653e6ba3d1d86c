import { leftOutText } from '../../../src-shared/charts/cells/account-notes.ts';
import type { CellSummary } from '../../../src-shared/runs/summarize-study.ts';
import { csv } from '../../files/csv.ts';

/**
 * A study's cells as CSV: their factors, mean test accuracy with its interval, mean balanced accuracy and macro F1, cost, which
 * runs do not count, and in what those differ that computed the others.
 */
export function cellsCsv(cells: readonly CellSummary[]): string {
  const factors = [...new Set(cells.flatMap((cell) => Object.keys(cell.factors)))];
  return csv(
    [
      ...['cell', ...factors, 'n', 'mean', 'low', 'high', 'balancedAccuracy', 'macroF1'],
      ...['parameters', 'macs', 'leftOut', 'mixed'],
    ],
    cells.map((cell) => [
      cell.cell,
      ...factors.map((path) => cell.factors[path]),
      ...[cell.n, cell.mean, cell.interval?.[0], cell.interval?.[1], cell.balancedAccuracy, cell.macroF1],
      ...[cell.parameters, cell.macs, leftOutText(cell.leftOut), cell.mixed],
    ]),
  );
}
