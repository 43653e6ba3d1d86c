import { readEnd } from '../attempt-end.ts';
import { beat } from '../heartbeat.ts';
import { readIfThere } from '../spool-files.ts';
import { type AttemptPlace, spoolPlaces } from '../spool-places.ts';
import type { Rhythm } from '../spool-study.ts';

/** An attempt ends before its run has. */
export class Ended extends Error {}

export interface WatchedAttempt {
  /** Fires with `Ended` when the attempt is not wanted any more. */
  readonly over: AbortSignal;
  close(): void;
}

/** Gives signs of life of an attempt, and looks whether it is still wanted. @throws an error of the file system at the first sign */
export async function watchAttempt(leased: {
  readonly spool: string;
  readonly run: string;
  readonly attempt: AttemptPlace;
  readonly rhythm: Rhythm;
}): Promise<WatchedAttempt> {
  const { attempt, rhythm } = leased;
  const over = new AbortController();
  let count = 0;
  await beat(attempt, count);
  let isAtIt = false;
  const once = async (): Promise<void> => {
    // a server that is late does not get a second request; nor does an error end what trains: the next look may tell more
    if (isAtIt) return;
    isAtIt = true;
    await beat(attempt, ++count).catch(() => undefined);
    const why = await whyEnded(leased).catch(() => null);
    if (why !== null) over.abort(new Ended(why));
    isAtIt = false;
  };
  const timer = setInterval(() => void once(), rhythm.beatSeconds * 1000);
  return { over: over.signal, close: () => clearInterval(timer) };
}

async function whyEnded({ spool, run, attempt }: Parameters<typeof watchAttempt>[0]): Promise<string | null> {
  if ((await readEnd(attempt)) !== null) return 'another worker has taken it over';
  if ((await readIfThere(spoolPlaces.cancel(spool, run))) !== null) return 'it was cancelled';
  if ((await readIfThere(attempt.lease)) === null) return 'it is not wanted any more';
  return null;
}
