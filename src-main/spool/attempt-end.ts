import { z } from 'zod';
import { trainingOutcomeSchema } from '../../src-shared/studies/trainer-protocol.ts';
import { createOnce, readJson } from './spool-files.ts';
import { type AttemptPlace, attemptNumbers, attemptPlace } from './spool-places.ts';

/** How an attempt ended. */
const attemptEndSchema = z.discriminatedUnion('state', [
  /** With the result of its run. */
  z.object({
    state: z.literal('done'),
    outcome: trainingOutcomeSchema,
    /** Of its file of progress. */
    progress: z.object({ bytes: z.int(), sha256: z.string() }),
  }),
  /** By its worker, who could not or was not to go on. */
  z.object({ state: z.literal('given back'), why: z.string() }),
  /** By another, since its worker gave no sign of life. */
  z.object({ state: z.literal('lost'), by: z.string() }),
]);
export type AttemptEnd = z.infer<typeof attemptEndSchema>;

/**
 * Ends an attempt. It is ended once, by whoever comes first: a worker that was taken for dead cannot publish a result any more, and
 * one that has published cannot be taken for dead.
 * @returns whether it was this that ended it
 * @throws an error of the file system
 */
export function endAttempt(attempt: AttemptPlace, end: AttemptEnd): Promise<boolean> {
  return createOnce(attempt.end, JSON.stringify(end));
}

/** Null while it lasts. @throws DamagedFile */
export function readEnd(attempt: AttemptPlace): Promise<AttemptEnd | null> {
  return readJson(attempt.end, attemptEndSchema);
}

/** How many of a run's attempts were taken from their workers. */
export async function lostAttempts(spool: string, run: string): Promise<number> {
  let lost = 0;
  for (const number of (await attemptNumbers(spool, run)) ?? []) {
    if ((await readEnd(attemptPlace(spool, run, number)))?.state === 'lost') lost++;
  }
  return lost;
}
