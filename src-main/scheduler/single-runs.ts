import type { RunRecord } from '../../src-shared/studies/run-record.ts';

/** What can be done to single runs of a study that is running; each answers false where it does not concern the run. */
export interface SingleRuns {
  /** Ends one that trains after its present step; it becomes `interrupted`. */
  cancel(run: string): boolean;
  /** The same for one that trains, which is marked as skipped then; one that waits is not begun any more, and is to be marked. */
  skip(run: string): 'ends' | 'waited' | false;
  /** Has these begin before all others, in this order. */
  putFirst(runs: readonly string[]): void;
  /** Trains a waiting run of the store as well. @param end how its last attempt ended; null where that was no part of the study */
  add(run: Pick<RunRecord, 'id' | 'cell' | 'seed'>, end: RepeatedEnd): boolean;
}

/** How a run ended that is repeated; null where a person had skipped it. */
export type RepeatedEnd = 'diverged' | 'failed' | 'interrupted' | null;
