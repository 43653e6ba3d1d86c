import type { SpooledRun } from '../../spool/spool-places.ts';
import type { Rhythm } from '../../spool/spool-study.ts';
import type { BringHome } from '../executor.ts';

/** What the seats of a spool share. */
export interface SpoolSite {
  readonly spool: string;
  readonly rhythm: Rhythm;
  readonly bringHome: BringHome;
  /** The task that the spool has of a run, or null. */
  taskOf(run: string): SpooledRun | null;
  remember(spooled: SpooledRun): void;
  forget(run: string): void;
  /** For the next task, behind all others. */
  nextPlace(): number;
  /** No workers are started before what is being submitted is there, so that they are started at once. */
  whileSubmitting<T>(submitting: Promise<T>): Promise<T>;
  /** Has a run looked at now and then, and a worker there for it. @returns what ends that */
  follow(followed: FollowedRun): () => void;
  /** Whether workers have been started for what was submitted, or are there. */
  hasWorkers(): boolean;
  /** Something has come of a run. */
  noteNews(): void;
  /** Workers go on without this process. */
  goOnAlone(): void;
  /** A seat is not used any more. */
  leave(seat: object): Promise<void>;
}

export interface FollowedRun {
  readonly look: () => Promise<void>;
  /** No worker can train it. */
  readonly fail: (error: unknown) => void;
}
