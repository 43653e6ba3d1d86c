import type { ExplainedPicture } from '../../../src-shared/contract/api/pictures.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { lentWorker } from '../../work/lent-worker.ts';
import { type ExplanationTask, explanationWorker } from './explanation-work.ts';

/** Milliseconds that the process waits for the next picture, with its networks in memory. */
const IDLE = 60_000;

/** Explains pictures, one at a time, in a process that is there while pictures are looked at. */
export interface PictureExplainer {
  /**
   * @param view who waits for it
   * @throws Problem `engine-missing` or `engine-invalid`; `data-invalid` for checkpoint or picture; `usage` when it is cancelled
   */
  explain(task: ExplanationTask, view: string): Promise<ExplainedPicture>;
  /** Ends what a view waits for, soon if it is in progress. */
  cancel(view: string): void;
  close(): void;
}

/** @param home folder of the engines */
export function pictureExplainer(home: string): PictureExplainer {
  const lent = lentWorker(() => explanationWorker(home), IDLE);
  let last: Promise<unknown> = Promise.resolve();
  const waiting = new Map<AbortController, string>();
  const explain = async (task: ExplanationTask, signal: AbortSignal): Promise<ExplainedPicture> => {
    signal.throwIfAborted();
    return lent.use(null, (worker) => worker.work(task, { signal }));
  };
  return {
    explain: (task, view) => {
      const controller = new AbortController();
      waiting.set(controller, view);
      const mine = last
        .then(() => explain(task, controller.signal))
        .finally(() => waiting.delete(controller));
      last = mine.catch(() => undefined);
      return mine;
    },
    cancel: (view) => {
      for (const [controller, whose] of waiting)
        if (whose === view) controller.abort(new Problem('usage', 'The explanation was cancelled.'));
    },
    close: () => lent.close(),
  };
}
