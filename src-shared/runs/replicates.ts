import type { RunIndex } from './run-index.ts';

/**
 * Of the rows with these indices those that count as replicates: of each seed of a cell the last attempt, if it is
 * complete. Two studies may hold the same cell, whose run with one seed computes the same: it counts once.
 *
 * @returns indices in the order in which the runs were added.
 */
export function replicates(index: RunIndex, rows: readonly number[]): number[] {
  const attempts = new Map<string, number>();
  for (const row of rows.toSorted((a, b) => a - b)) {
    const run = index.rows[row];
    if (run) attempts.set(`${run.study}/${run.cell}/${run.seed}`, row);
  }
  const counted = new Map<string, number>();
  for (const row of attempts.values()) {
    const run = index.rows[row];
    if (run?.state === 'complete') counted.set(`${run.cell}/${run.seed}`, row);
  }
  return [...counted.values()].sort((a, b) => a - b);
}
