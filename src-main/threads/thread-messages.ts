import type { ProblemContent } from '../../src-shared/contract/problem.ts';

/** What the work of a thread is given besides its task. */
export interface ThreadControl<Progress = never> {
  readonly onProgress: (progress: Progress) => void;
  /** Fires when the caller no longer wants the work; it then throws the reason. */
  readonly signal: AbortSignal;
}

/** What a thread can do: task, progress and result are copied between the threads. */
export type ThreadWork<Task, Result, Progress = never> = (
  task: Task,
  control: ThreadControl<Progress>,
) => Result | Promise<Result>;

/** The only thing that a thread is told once it works. */
export const CANCEL = 'cancel';

export type FromThread<Result, Progress> =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly result: Result }
  | { readonly type: 'cancelled' }
  /** A Problem, which does not travel as such. */
  | { readonly type: 'failed'; readonly problem: ProblemContent };
