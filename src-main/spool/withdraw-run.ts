import { rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { endAttempt } from './attempt-end.ts';
import { HeartbeatWatch } from './heartbeat.ts';
import { lastAttempt, type Lease, takeLease } from './lease.ts';
import { codeOf, patiently } from './patiently.ts';
import { type SpooledRun, spoolPlaces } from './spool-places.ts';
import type { Rhythm } from './spool-study.ts';

/** What became of a run that is not wanted any more. */
export type Withdrawn =
  /** Nobody trains it, nor will. */
  | { readonly state: 'stopped' }
  /** It has a result. */
  | { readonly state: 'done' }
  /** Its worker has not answered; it will stop when it sees the mark. */
  | { readonly state: 'marked' };

/** Longest time that the worker's last step and its checkpoint may take, besides the pause between two signs of life. */
const STEP_MS = 30_000;

const NOBODY: Lease = {
  worker: 'the application',
  engine: { name: 'none', version: '', device: '', threads: 1 },
  host: '',
  platform: '',
  nodeVersion: '',
  kindlingVersion: '',
};

/** Has its worker stop after the current step, and no other take the run up, unless it is submitted again; with all that came of it. */
export async function markUnwanted(spool: string, run: string): Promise<void> {
  await patiently(() => writeFile(spoolPlaces.cancel(spool, run), '')).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}

/**
 * Has nobody train a run any more: marks it as cancelled, waits until its worker has given it back, and leases it then, so that no
 * other can.
 */
export async function withdrawRun(spool: string, run: string, rhythm: Rhythm): Promise<Withdrawn> {
  await markUnwanted(spool, run);
  const watch = new HeartbeatWatch(rhythm);
  const end = performance.now() + 2 * rhythm.beatSeconds * 1000 + STEP_MS;
  for (;;) {
    const last = await lastAttempt(spool, run);
    if (last === null) throw new Error(`${run} is gone from ${spool}`);
    if (last.state === 'done') return { state: 'done' };
    if (last.state === 'free') {
      const taken = await takeLease(spool, run, last.number, NOBODY);
      if (taken === null) continue;
      await endAttempt(taken, { state: 'given back', why: 'it was cancelled' });
      return { state: 'stopped' };
    }
    if (await watch.isExpired(last.attempt))
      await endAttempt(last.attempt, { state: 'lost', by: NOBODY.worker });
    else if (performance.now() > end) return { state: 'marked' };
    else await wait(Math.min(1000, rhythm.beatSeconds * 250));
  }
}

/** Takes a run out of a spool, with all that came of it. @throws an error of the file system */
export async function removeRun(spool: string, { run, file }: SpooledRun): Promise<void> {
  // the task first: cut off in the middle, nobody trains it again
  await patiently(() => rm(file, { force: true }));
  await patiently(() => rm(spoolPlaces.run(spool, run), { recursive: true, force: true, maxRetries: 5 }));
}
