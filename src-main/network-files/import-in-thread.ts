import { z } from 'zod';
import { parseNetwork } from '../../src-shared/networks/parse-network.ts';
import { networkImportSchema, shapeSchema } from '../../src-shared/networks/import-options.ts';
import { preprocessingSchema } from '../../src-shared/networks/preprocessing.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import type { JobControl } from '../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../work/work-kind.ts';

const importTaskSchema = z.object({
  /** Of the network. */
  file: z.string(),
  options: networkImportSchema,
  /** Where the checkpoint is written. */
  checkpoint: z.string(),
});
export type ImportTask = z.output<typeof importTaskSchema>;

const importResultSchema = z.object({
  format: z.string(),
  description: z.record(z.string(), z.unknown()).transform((fields) => parseNetwork(fields)),
  input: shapeSchema,
  classes: z.array(z.string()),
  wordnetIds: z.array(z.string()).nullable(),
  preprocessing: preprocessingSchema,
  bytes: z.int(),
  sha256: z.string(),
  notes: z.array(z.string()),
  layers: z.array(z.object({ layer: z.string(), source: z.string(), norm: z.string().nullable() })),
});
export type ImportResult = z.output<typeof importResultSchema>;

/** In a thread: a file of hundreds of megabytes takes seconds, in which the caller goes on. */
export const IMPORTING: WorkKind<ImportTask, ImportResult, string> = {
  who: 'The import',
  program: new URL('./import-thread.ts', import.meta.url),
  carrier: 'thread',
  task: importTaskSchema,
  result: importResultSchema,
  progress: z.string(),
  about: z.null(),
  lessMemory: 'a smaller network',
  // its file is written whole or not at all
  timeouts: { ...TIMEOUTS, grace: 0 },
};

/**
 * Reads a network and writes it as a checkpoint of ours, in a thread of its own.
 * @throws Problem as `importNetwork` does, `disk-full`; the signal's reason
 */
export function importInThread(task: ImportTask, control: JobControl<string>): Promise<ImportResult> {
  return doElsewhere(IMPORTING, task, control);
}
