import type { ExplainedPicture } from '../../../src-shared/contract/api/pictures.ts';
import type { WarmWorker } from '../../work/warm-worker.ts';
import { type ExplanationTask, explanationWorker } from './explanation-work.ts';

/** Milliseconds that the process waits for the next picture, with its networks in memory. */
const IDLE = 60_000;

/** Explains pictures, one at a time, in a process that is there while pictures are looked at. */
export interface PictureExplainer {
  /** @throws Problem `engine-missing` or `engine-invalid`; `data-invalid` for checkpoint or picture; `usage` once it is closed */
  explain(task: ExplanationTask): Promise<ExplainedPicture>;
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
  const explain = async (task: ExplanationTask): Promise<ExplainedPicture> => {
    clearTimeout(leaving);
    worker ??= explanationWorker(home);
    try {
      return await worker.work(task);
    } finally {
      leaving = setTimeout(leave, IDLE).unref();
    }
  };
  return {
    explain: (task) => {
      const mine = last.then(() => explain(task));
      last = mine.catch(() => undefined);
      return mine;
    },
    close: leave,
  };
}
