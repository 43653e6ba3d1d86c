import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { parseJson, readJson, replaceFile } from './spool-files.ts';
import { spoolPlaces } from './spool-places.ts';

/** Version of the layout of a spool. A program of another one neither trains nor collects from it. */
const SPOOL_FORMAT = 1;

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

/** Makes the folder of a spool, or says of one that is there for whom it is from now on; its tasks stay. @throws an error of the file system */
export async function makeSpool(spool: string, study: SpoolStudy): Promise<void> {
  await mkdir(spoolPlaces.tasks(spool), { recursive: true });
  await mkdir(spoolPlaces.runs(spool), { recursive: true });
  await mkdir(spoolPlaces.fleet(spool), { recursive: true });
  await replaceFile(spoolPlaces.study(spool), JSON.stringify({ format: SPOOL_FORMAT, ...study }, null, 2));
}

/** Null where there is none. @throws Problem `usage` for one of another version of Kindling; DamagedFile */
export async function findSpool(spool: string): Promise<SpoolStudy | null> {
  const file = spoolPlaces.study(spool);
  const known = await readJson(file, z.looseObject({ format: z.int() }));
  if (known === null) return null;
  const { format, ...study } = known;
  if (format !== SPOOL_FORMAT) {
    throw new Problem(
      'usage',
      `${spool} has format ${format}, this Kindling knows format ${SPOOL_FORMAT}: use the same version where the study is submitted, trained and collected.`,
    );
  }
  return parseJson(file, JSON.stringify(study), spoolStudySchema);
}

/** @throws Problem `not-found` where it is no spool, and as `findSpool` */
export async function readSpool(spool: string): Promise<SpoolStudy> {
  const study = await findSpool(spool);
  if (study) return study;
  throw new Problem(
    'not-found',
    `${spool} is no spool of Kindling: it has no study.json. Name the folder that the study was submitted to.`,
  );
}
