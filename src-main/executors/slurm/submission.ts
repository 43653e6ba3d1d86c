import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../files/write-whole.ts';
import { spoolPlaces } from '../../spool/spool-places.ts';

/** Jobs that were submitted together: an array, or one job where `elements` is 1. */
export interface Submission {
  /**
   * By which Slurm knows them, and nobody else's. They are never looked for by their id alone: a controller that dies right after
   * it gave an id loses the job and gives the same id to the next one.
   */
  readonly name: string;
  readonly elements: number;
  /** Of these at the same time; the others take the place of those that end. */
  readonly atOnce: number;
  /** Of Slurm; null until it has answered, or where who asked died before it did. */
  readonly id: string | null;
  /** ISO 8601, UTC. */
  readonly submittedAt: string;
  /** Whether all have ended and were told. */
  readonly isOver: boolean;
}

const submissionSchema: z.ZodType<Submission> = z.object({
  name: z.string(),
  elements: z.int().min(1),
  atOnce: z.int().min(1),
  id: z.string().nullable(),
  submittedAt: z.string(),
  isOver: z.boolean(),
});

/** A name that no other job has, and that tells people what it is. */
export function jobName(spool: string): string {
  const study = basename(spool)
    .replaceAll(/[^\w.-]+/g, '-')
    .slice(0, 40);
  return `kindling-${study}-${crypto.randomUUID().slice(0, 8)}`;
}

export function saveSubmission(spool: string, submission: Submission): void {
  const file = join(spoolPlaces.fleet(spool), `${submission.name}.json`);
  writeWhole(file, `${JSON.stringify(submission, null, 2)}\n`, { flushed: true });
}

/** Those that are not over, oldest first; a file that is not whole is passed over. */
export function openSubmissions(spool: string): Submission[] {
  return readdirSync(spoolPlaces.fleet(spool))
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => readSubmission(join(spoolPlaces.fleet(spool), file)) ?? [])
    .filter(({ isOver }) => !isOver)
    .sort((a, b) => a.submittedAt.localeCompare(b.submittedAt));
}

function readSubmission(file: string): Submission | null {
  try {
    return submissionSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Where the output of a job goes, by its place in the array (0 where it is alone). */
export function logFile(spool: string, name: string, place: number | string): string {
  return join(spoolPlaces.fleet(spool), `${name}.${String(place)}.log`);
}

/** Once it is there, no job of that name begins anything or asks to be queued again. */
export function stopMark(spool: string, name: string): string {
  return join(spoolPlaces.fleet(spool), `${name}.stop`);
}
