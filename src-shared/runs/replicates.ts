import { accountRuns } from './account.ts';
import type { RunIndex } from './run-index.ts';
import type { RunRow } from './run-row.ts';

/**
 * Of the rows with these indices those that count as replicates (`accountRuns`).
 *
 * @returns indices in the order in which the runs were added.
 */
export function replicates(index: RunIndex, rows: readonly number[]): number[] {
  const sorted = rows.toSorted((a, b) => a - b);
  const counted = new Set<RunRow | undefined>(accountRuns(runsAt(index, sorted)).counted);
  return sorted.filter((row) => counted.has(index.rows[row]));
}

/** The runs at these indices. */
export function runsAt(index: RunIndex, rows: readonly number[]): RunRow[] {
  return rows.flatMap((row) => index.rows[row] ?? []);
}
