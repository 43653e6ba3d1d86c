import { startWorker, type Worker } from './worker.ts';
import type { WorkKind } from './work-kind.ts';

/** Milliseconds that a worker waits for the next job. */
const IDLE = 10_000;

/** Has a worker for each of the jobs at once. One stays for a while after its job: the next job waits for no start. */
export interface SpareWorker<Task, Result> {
  /** @throws as `startWorker` and `doJob` */
  work(task: Task): Promise<Result>;
  /** Ends the one that waits; jobs in progress go on. */
  close(): void;
}

export function spareWorker<Task, Result, Progress, About>(
  kind: WorkKind<Task, Result, Progress, About>,
): SpareWorker<Task, Result> {
  let spare: Worker<Task, Result, Progress, About> | null = null;
  let leaving: NodeJS.Timeout | undefined;
  let isClosed = false;
  const take = (): typeof spare => {
    clearTimeout(leaving);
    const taken = spare;
    spare = null;
    return taken?.death() === null ? taken : null;
  };
  const keep = (worker: NonNullable<typeof spare>): void => {
    if (isClosed || spare !== null) return worker.kill();
    spare = worker;
    leaving = setTimeout(() => take()?.kill(), IDLE).unref();
  };
  return {
    work: async (task) => {
      const worker = take() ?? (await startWorker(kind));
      return worker.work(task).finally(() => keep(worker));
    },
    close: () => {
      isClosed = true;
      take()?.kill();
    },
  };
}
