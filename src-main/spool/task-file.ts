import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { runSpecificationSchema } from '../../src-shared/studies/trainer-protocol.ts';
import { DamagedFile, readJson, replaceFile } from './spool-files.ts';
import { type SpooledRun, spooledRun, spoolPlaces } from './spool-places.ts';

/** A run as a worker is given it. Its artifacts folder is the attempt's, whatever the specification says. */
const spoolTaskSchema = z.object({
  specification: runSpecificationSchema,
  /** Of each trainer. */
  threads: z.int().positive(),
  /** SHA-256 of the data set in the folder that the specification names: a worker that finds another refuses. */
  dataHash: z.string(),
});
export type SpoolTask = z.infer<typeof spoolTaskSchema>;

const fileSchema = z.object({ format: z.literal(1), sha256: z.string(), task: z.unknown() });

/** Puts a task into a spool, or another in its place. From then on a worker may take it. @throws an error of the file system */
export async function writeTask(spool: string, place: number, task: SpoolTask): Promise<SpooledRun> {
  const spooled = spooledRun(spool, task.specification.run, place);
  await mkdir(spoolPlaces.run(spool, spooled.run), { recursive: true });
  const content = { format: 1, sha256: sha256Of(task), task };
  await replaceFile(spooled.file, JSON.stringify(content));
  return spooled;
}

/** Null where there is none. @throws DamagedFile */
export async function readTask({ file, run }: SpooledRun): Promise<SpoolTask | null> {
  const content = await readJson(file, fileSchema);
  if (content === null) return null;
  if (sha256Of(content.task) !== content.sha256) throw new DamagedFile(file, 'its checksum is another');
  const parsed = spoolTaskSchema.safeParse(content.task);
  if (parsed.success && parsed.data.specification.run === run) return parsed.data;
  throw new DamagedFile(file, 'it is no task of this version');
}

/** JSON keeps the order of keys, so that what was read hashes as what was written. */
function sha256Of(task: unknown): string {
  return createHash('sha256').update(JSON.stringify(task)).digest('hex');
}
