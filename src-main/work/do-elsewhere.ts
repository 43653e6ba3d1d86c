import type { JobControl } from './do-job.ts';
import { type StartOptions, startWorker } from './worker.ts';
import type { WorkKind } from './work-kind.ts';

/**
 * Does one piece of work in a process or thread of its own, which is gone soon after this has resolved.
 *
 * @throws as `startWorker` and `doJob`
 */
export async function doElsewhere<Task, Result, Progress, About>(
  kind: WorkKind<Task, Result, Progress, About>,
  task: Task,
  options: StartOptions & JobControl<Progress> = {},
): Promise<Result> {
  const worker = await startWorker(kind, options);
  try {
    return await worker.work(task, options);
  } finally {
    worker.kill();
  }
}
