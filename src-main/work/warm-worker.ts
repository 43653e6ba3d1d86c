import type { JobControl } from './do-job.ts';
import { startWorker, type Worker } from './worker.ts';
import type { WorkKind } from './work-kind.ts';

/** A worker that is started at its first job, stays from job to job, and has a successor when it has died. */
export interface WarmWorker<Task, Result, Progress = never> {
  /** One at a time. @throws as `startWorker` and `doJob` */
  work(task: Task, control?: JobControl<Progress>): Promise<Result>;
  /** Ends it at once; a job in progress fails. */
  close(): void;
}

/** @param environment of the process, asked for at each start */
export function warmWorker<Task, Result, Progress, About>(
  kind: WorkKind<Task, Result, Progress, About>,
  environment: () => Readonly<Record<string, string>> = () => ({}),
): WarmWorker<Task, Result, Progress> {
  let present: Worker<Task, Result, Progress, About> | null = null;
  return {
    work: async (task, control = {}) => {
      if (present?.death() !== null) {
        present = await startWorker(kind, { environment: environment(), signal: control.signal });
      }
      return present.work(task, control);
    },
    close: () => present?.kill(),
  };
}
