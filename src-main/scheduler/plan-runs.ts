import type { CostedCell } from '../../src-shared/studies/cell.ts';
import type { WantedRun } from '../../src-shared/studies/wanted-runs.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';

export interface PlannedRun extends WantedRun<CostedCell> {
  /** The run that already waits for it, or null. */
  readonly waiting: string | null;
  /** The last attempt, if it ended without a result. */
  readonly retryOf: string | null;
}

export interface RunPlan {
  /** Runs of the study that are complete. */
  readonly done: readonly RunRecord[];
  /** Runs that failed in a way that they would again. */
  readonly given: readonly RunRecord[];
  /** What is missing, in the order in which it is wanted. */
  readonly missing: readonly PlannedRun[];
  /** How many of what is missing wait for a later start. */
  readonly later: number;
  /** Ids of waiting runs that the study no longer asks for. */
  readonly obsolete: readonly string[];
}

/**
 * What a study still lacks, given all runs that the store has of it, in the order in which they were added.
 *
 * Interrupted and cancelled runs are repeated, and failed ones too, except those whose loss was not
 * finite: the same seed would end in the same way (`retryDiverged` repeats them as well). What a person has skipped is no part of it.
 */
export function planRuns(
  wantedRuns: readonly WantedRun<CostedCell>[],
  runs: readonly RunRecord[],
  retryDiverged: boolean,
): RunPlan {
  const attempts = Map.groupBy(runs, ({ cell, seed }) => key(cell, seed));
  const wanted = new Set<string>();
  const done: RunRecord[] = [];
  const given: RunRecord[] = [];
  const missing: PlannedRun[] = [];
  for (const { cell, seed } of wantedRuns) {
    wanted.add(key(cell.id, seed));
    const last = attempts.get(key(cell.id, seed))?.at(-1) ?? null;
    if (last?.skipped) continue;
    if (last?.state === 'complete') done.push(last);
    else if (last?.failure?.code === 'loss-not-finite' && !retryDiverged) given.push(last);
    else if (last?.state === 'waiting') missing.push({ cell, seed, waiting: last.id, retryOf: last.retryOf });
    else missing.push({ cell, seed, waiting: null, retryOf: last?.id ?? null });
  }
  const obsolete = runs.filter(
    ({ state, cell, seed }) => state === 'waiting' && !wanted.has(key(cell, seed)),
  );
  return { done, given, missing, later: 0, obsolete: obsolete.map(({ id }) => id) };
}

function key(cell: string, seed: number): string {
  return `${cell} ${seed}`;
}
