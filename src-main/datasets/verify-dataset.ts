import path from 'node:path';
import { z } from 'zod';
import { doElsewhere } from '../work/do-elsewhere.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import { ensureDataset } from './ensure-dataset.ts';
import { openDataset, type PreparedDataset } from './open-dataset.ts';

export interface VerifyTask {
  readonly name: string;
  readonly dataRoot: string;
}

/** Opens a data set by name, as `ensureDataset`, and reads all of it. @throws Problem of both */
export function verifyDataset({ name, dataRoot }: VerifyTask): PreparedDataset {
  const dataset = ensureDataset(name, dataRoot);
  dataset.verify();
  return dataset;
}

export const VERIFYING: WorkKind<VerifyTask, null> = {
  who: 'The check of the data',
  program: new URL('./verify-thread.ts', import.meta.url),
  carrier: 'thread',
  task: z.object({ name: z.string(), dataRoot: z.string() }),
  result: z.null(),
  progress: z.never(),
  about: z.null(),
  lessMemory: 'smaller data sets',
  timeouts: READING_TIMEOUTS,
};

/** `verifyDataset` in a thread of its own: a large data set takes seconds, in which the caller goes on. */
export async function verifyDatasetInThread(
  task: VerifyTask,
  signal?: AbortSignal,
): Promise<PreparedDataset> {
  await doElsewhere(VERIFYING, task, { signal });
  return openDataset(path.join(task.dataRoot, task.name));
}
