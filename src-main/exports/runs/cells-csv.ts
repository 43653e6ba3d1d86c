import type { CellSummary } from '../../../src-shared/studies/summarize-study.ts';
import { csv } from '../csv.ts';

/** A study's cells as CSV: their factors, mean test accuracy with its interval, and cost. */
export function cellsCsv(cells: readonly CellSummary[]): string {
  const factors = [...new Set(cells.flatMap((cell) => Object.keys(cell.factors)))];
  return csv(
    ['cell', ...factors, 'n', 'mean', 'low', 'high', 'parameters', 'macs'],
    cells.map((cell) => [
      cell.cell,
      ...factors.map((path) => cell.factors[path]),
      ...[cell.n, cell.mean, cell.interval?.[0], cell.interval?.[1], cell.parameters, cell.macs],
    ]),
  );
}
