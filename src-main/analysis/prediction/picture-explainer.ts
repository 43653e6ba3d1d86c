import type { ExplainedPicture } from '../../../src-shared/contract/api/pictures.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { WarmWorker } from '../../work/warm-worker.ts';
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
  let worker: WarmWorker<ExplanationTask, ExplainedPicture> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let leaving: NodeJS.Timeout | undefined;
  const leave = (): void => {
    clearTimeout(leaving);
    worker?.close();
    worker = null;
  };
  const waiting = new Map<AbortController, string>();
  const explain = async (task: ExplanationTask, signal: AbortSignal): Promise<ExplainedPicture> => {
    signal.throwIfAborted();
    clearTimeout(leaving);
    worker ??= explanationWorker(home);
    try {
      return await worker.work(task, { signal });
    } finally {
      leaving = setTimeout(leave, IDLE).unref();
    }
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
    close: leave,
  };
}
