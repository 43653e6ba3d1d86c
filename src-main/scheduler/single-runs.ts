import type { RunRecord } from '../../src-shared/studies/run-record.ts';

/** What can be done to single runs of a study that is running. */
export interface SingleRuns {
  /** Ends one that trains after its present step; it becomes `interrupted`. @returns false for any other */
  cancel(run: string): boolean;
  /**
   * The same for those that train, which are marked as skipped then; those that wait are not begun any more, and are to be marked.
   * @returns those that train
   */
  skip(runs: readonly string[]): ReadonlySet<string>;
  /** Has these begin before all others, in this order. */
  putFirst(runs: readonly string[]): void;
  /** Trains waiting runs of the store as well: all of them, or none where none can begin any more. */
  add(runs: readonly RepeatedRun[]): boolean;
}

/** A run that waits in the store, and how the last attempt of its cell and seed ended; null where that was no part of the study. */
export interface RepeatedRun extends Pick<RunRecord, 'id' | 'cell' | 'seed'> {
  readonly end: 'diverged' | 'failed' | 'interrupted' | null;
}
