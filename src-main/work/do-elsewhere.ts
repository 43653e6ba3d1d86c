import type { JobControl } from './do-job.ts';
import { type StartOptions, startWorker } from './worker.ts';
import type { WorkKind } from './work-kind.ts';

/**
 * Does one piece of work in a process or thread of its own, which is gone soon after this has resolved.
 *
 * @throws as `startWorker` and `doJob`
 */
export function doElsewhere<Task, Result, Progress, About>(
  kind: WorkKind<Task, Result, Progress, About>,
  task: Task,
  options: StartOptions & JobControl<Progress> = {},
): Promise<Result> {
  return withWorker(kind, options, (work) => work(task));
}

/**
 * Has a process or thread for the time of an action, which gives it one piece of work after the other: it may keep what the next
 * one needs.
 *
 * @throws as `startWorker` and `doJob`, and what the action throws
 */
export async function withWorker<Task, Result, Progress, About, Outcome>(
  kind: WorkKind<Task, Result, Progress, About>,
  options: StartOptions & JobControl<Progress>,
  action: (work: (task: Task) => Promise<Result>) => Promise<Outcome>,
): Promise<Outcome> {
  const worker = await startWorker(kind, options);
  try {
    return await action((task) => worker.work(task, options));
  } finally {
    worker.kill();
  }
}
