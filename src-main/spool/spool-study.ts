import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { readJson, createOnce } from './spool-files.ts';
import { spoolPlaces } from './spool-places.ts';

/** Version of the layout of a spool. A program of another one neither trains nor collects from it. */
export const SPOOL_FORMAT = 1;

/** How soon the death of a worker is noticed. */
const rhythmSchema = z.object({
  /** Between two signs of life of a worker. */
  beatSeconds: z.number().positive(),
  /** Without one, after which its run is another's. */
  expirySeconds: z.number().positive(),
});
export type Rhythm = z.infer<typeof rhythmSchema>;

export const USUAL_RHYTHM: Rhythm = { beatSeconds: 10, expirySeconds: 120 };

/** What a spool is for. */
const spoolStudySchema = z.object({
  study: z.string(),
  /** Identity of the store that its runs are of. */
  store: z.string(),
  kindlingVersion: z.string(),
  /** Of the executor, with what a person said of it. */
  executor: z.string(),
  settings: z.unknown(),
  rhythm: rhythmSchema,
});
export type SpoolStudy = z.infer<typeof spoolStudySchema>;

/**
 * Makes the folder of a spool. One that is there stays as it is, with its tasks.
 * @returns what is known of it then
 * @throws Problem as `readSpool`; an error of the file system
 */
export async function makeSpool(spool: string, study: SpoolStudy): Promise<SpoolStudy> {
  await mkdir(spoolPlaces.tasks(spool), { recursive: true });
  await mkdir(spoolPlaces.runs(spool), { recursive: true });
  await mkdir(spoolPlaces.fleet(spool), { recursive: true });
  await createOnce(spoolPlaces.study(spool), JSON.stringify({ format: SPOOL_FORMAT, ...study }, null, 2));
  return readSpool(spool);
}

/** @throws Problem `not-found` where it is no spool, `usage` for one of another version of Kindling; DamagedFile */
export async function readSpool(spool: string): Promise<SpoolStudy> {
  const file = spoolPlaces.study(spool);
  const format = await readJson(file, z.object({ format: z.int() }));
  if (format === null) {
    throw new Problem(
      'not-found',
      `${spool} is no spool of Kindling: it has no study.json. Name the folder that the study was submitted to.`,
    );
  }
  if (format.format !== SPOOL_FORMAT) {
    throw new Problem(
      'usage',
      `${spool} has format ${format.format}, this Kindling knows format ${SPOOL_FORMAT}: use the same version where the study is submitted, trained and collected.`,
    );
  }
  return spoolStudySchema.parse(await readJson(file, spoolStudySchema));
}
