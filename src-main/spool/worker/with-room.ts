import { setTimeout as wait } from 'node:timers/promises';
import { isDiskFull } from '../../files/disk-full.ts';

const AGAIN_MS = 5000;

/**
 * Writes what must not be lost: where the disk is full it waits for room.
 * @throws what the action throws otherwise; the error of the full disk once the worker is to stop
 */
export async function withRoom<T>(
  action: () => Promise<T>,
  { stop, say }: { readonly stop: AbortSignal; readonly say: (line: string) => void },
): Promise<T> {
  for (let times = 0; ; times++) {
    try {
      return await action();
    } catch (error) {
      if (!isDiskFull(error) || stop.aborted) throw error;
      if (times === 0) say(`the disk of the spool is full: waiting for room (${(error as Error).message})`);
      await wait(AGAIN_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}
