import { isDeepStrictEqual } from 'node:util';
import type { WarmWorker } from './warm-worker.ts';

/** Milliseconds that a worker waits for the next use, unless it is said otherwise. */
const IDLE = 10_000;

/** A warm worker for one use after the other, of several jobs each. It stays for a while after a use: the next one waits for no start. */
export interface LentWorker<Worker> {
  /**
   * One at a time.
   * @param from what the worker was begun with, such as an engine: with another one there is a new worker
   * @throws what `use` throws
   */
  use<Outcome>(from: unknown, use: (worker: Worker) => Promise<Outcome>): Promise<Outcome>;
  /** Ends it at once; a job in progress fails. */
  close(): void;
}

/** @param begin makes one that is started at its first job @param idle milliseconds that it waits for the next use */
export function lentWorker<Worker extends WarmWorker<never, unknown>>(
  begin: () => Worker,
  idle = IDLE,
): LentWorker<Worker> {
  let present: { readonly worker: Worker; readonly from: unknown } | null = null;
  let leaving: NodeJS.Timeout | undefined;
  let isClosed = false;
  const leave = (): void => {
    clearTimeout(leaving);
    present?.worker.close();
    present = null;
  };
  return {
    use: async (from, use) => {
      clearTimeout(leaving);
      if (present !== null && !isDeepStrictEqual(present.from, from)) leave();
      present ??= { worker: begin(), from };
      try {
        return await use(present.worker);
      } finally {
        if (isClosed) leave();
        else leaving = setTimeout(leave, idle).unref();
      }
    },
    close: () => {
      isClosed = true;
      leave();
    },
  };
}
