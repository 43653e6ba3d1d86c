import { accountRuns, type LeftOut } from './account.ts';
import type { RunIndex } from './run-index.ts';
import type { RunRow } from './run-row.ts';

/** Of rows those that count as replicates, and the runs that do not, each with its reason. */
export interface Replicates {
  /** Indices in the order in which the runs were added. */
  readonly replicates: readonly number[];
  readonly leftOut: readonly LeftOut[];
}

/** Tells the rows with these indices apart (`accountRuns`). */
export function replicates(index: RunIndex, rows: readonly number[]): Replicates {
  const sorted = rows.toSorted((a, b) => a - b);
  const { counted, leftOut } = accountRuns(runsAt(index, sorted));
  const kept = new Set<RunRow | undefined>(counted);
  return { replicates: sorted.filter((row) => kept.has(index.rows[row])), leftOut };
}

/** The runs at these indices. */
export function runsAt(index: RunIndex, rows: readonly number[]): RunRow[] {
  return rows.flatMap((row) => index.rows[row] ?? []);
}
