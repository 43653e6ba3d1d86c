import type { Preparation } from '../../src-shared/contract/api/studies.ts';
import type { JobPlan } from '../../src-shared/studies/plan-jobs.ts';
import type { Trainer } from '../trainer/training-work.ts';

/**
 * A place where trainings run: processes of this machine are one, other machines could be others. What implements it
 * passes test/main/executors/executor-suite.ts.
 *
 * A study is planned first and then has at most `jobs` trainers at a time; they may be started while its data is still checked.
 * All calls come from one thread; calls of `startTrainer` overlap. An executor holds nothing of its own: what it started ends by
 * `leave` or `kill` of the trainers, and with this process, even if that is killed.
 */
export interface Executor {
  /** What the user should know before trainings begin, e.g. that the engine could not be tuned. */
  readonly notes: readonly string[];
  /**
   * How many trainings run here at once, with how many threads each. It depends on the place and the request only, so that a
   * study that goes on later computes as it did.
   *
   * @throws Problem `usage` for a number of jobs that there cannot be
   */
  plan(request: JobsWanted): JobPlan;
  /**
   * Starts a trainer and resolves when it is ready. A trainer trains one run at a time, in order, and stays warm between
   * them; its `work` rejects with `WorkerDied` when it dies, whatever the cause, and it is dead from then on (`death`). It
   * writes into the artifacts folder that a run's specification names, and reads its data from the folder named there.
   *
   * @param threads as planned
   * @param signal ends a trainer that is not ready yet; afterwards the trainer's own `kill` does
   * @throws WorkerDied where it ends before it is ready, so that another may be tried; Problem where none could do better
   *   (no engine); the signal's reason
   */
  startTrainer(threads: number, signal: AbortSignal): Promise<Trainer>;
}

export interface JobsWanted {
  /** Runs of the whole study. */
  readonly runs: number;
  /** Of the whole study: `meanStepMacs`. */
  readonly stepMacs: number;
  /** As the user says; null for what suits the place. */
  readonly jobs: number | null;
}

/** What an executor is opened with. */
export interface ExecutorSite {
  /** Folder of engines and data. */
  readonly home: string;
  /** Is told what is done before trainers can be started. */
  readonly onPreparing?: (preparation: Preparation) => void;
  /** Ends that. */
  readonly signal?: AbortSignal;
}

/** A kind of executor. */
export interface ExecutorDescription {
  /** On the command line and in the API, e.g. `local-processes`. */
  readonly name: string;
  /** One line for people. */
  readonly about: string;
  /**
   * @throws Problem `engine-missing`, `engine-invalid` and the like: what keeps trainings from running there; the signal's
   *   reason
   */
  readonly open: (site: ExecutorSite) => Promise<Executor>;
}

/** Gives a description its type. */
export function defineExecutor(description: ExecutorDescription): ExecutorDescription {
  return description;
}
