import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { engineDescriptionSchema } from '../../src-shared/studies/trainer-protocol.ts';
import { readEnd, type AttemptEnd } from './attempt-end.ts';
import { codeOf } from './patiently.ts';
import { createOnce, readJson } from './spool-files.ts';
import { type AttemptPlace, attemptNumbers, attemptPlace } from './spool-places.ts';

/** Who trains a run, and on what. */
const leaseSchema = z.object({
  /** For people: host and process. */
  worker: z.string(),
  engine: engineDescriptionSchema,
  host: z.string(),
  platform: z.string(),
  nodeVersion: z.string(),
  kindlingVersion: z.string(),
});
export type Lease = z.infer<typeof leaseSchema>;

/** The last attempt of a run. */
export type LastAttempt =
  /** It may be leased as attempt `number`. */
  | { readonly state: 'free'; readonly number: number }
  /** Somebody has leased it, who may be dead. */
  | { readonly state: 'leased'; readonly attempt: AttemptPlace }
  | { readonly state: 'done'; readonly attempt: AttemptPlace; readonly end: AttemptEnd & { state: 'done' } };

/** Null where the spool has no such run. @throws DamagedFile */
export async function lastAttempt(spool: string, run: string): Promise<LastAttempt | null> {
  const numbers = await attemptNumbers(spool, run);
  if (numbers === null) return null;
  const number = Math.max(1, ...numbers);
  const attempt = attemptPlace(spool, run, number);
  const end = await readEnd(attempt);
  if (end?.state === 'done') return { state: 'done', attempt, end };
  if (end !== null) return { state: 'free', number: number + 1 };
  // a folder whose maker died before it had the lease
  const isLeased = (await readLease(attempt)) !== null;
  return isLeased ? { state: 'leased', attempt } : { state: 'free', number };
}

/**
 * Leases a run as its attempt of this number.
 * @returns null where another was faster, or the run is gone
 */
export async function takeLease(
  spool: string,
  run: string,
  number: number,
  lease: Lease,
): Promise<AttemptPlace | null> {
  const attempt = attemptPlace(spool, run, number);
  try {
    // not the folder of the run: where that was removed nobody wants the run any more
    await mkdir(attempt.folder).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    return (await createOnce(attempt.lease, JSON.stringify(lease))) ? attempt : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

export function readLease(attempt: AttemptPlace): Promise<Lease | null> {
  return readJson(attempt.lease, leaseSchema);
}
