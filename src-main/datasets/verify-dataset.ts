import path from 'node:path';
import { z } from 'zod';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import { ensureDataset, presentDataset } from './ensure-dataset.ts';
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

/** Less is read before a thread has started, which takes 0.1 s of CPU time. */
const LARGE_BYTES = 20e6;

/**
 * `verifyDataset`, of a large data set in a thread of its own: it takes seconds, in which the caller goes on.
 * @throws the signal's reason besides
 */
export async function verifyDatasetAside(task: VerifyTask, signal?: AbortSignal): Promise<PreparedDataset> {
  signal?.throwIfAborted();
  const small = verifySmall(task);
  if (small !== null) return small;
  await doElsewhere(VERIFYING, task, { signal });
  return openDataset(path.join(task.dataRoot, task.name));
}

/** Null where it is large, or anything is wrong with it: it may have to be made anew. */
function verifySmall({ name, dataRoot }: VerifyTask): PreparedDataset | null {
  const dataset = presentDataset(name, dataRoot);
  if (dataset === null) return null;
  try {
    if (dataset.description.pictures !== null || dataset.checkSizes() >= LARGE_BYTES) return null;
    dataset.verify();
    return dataset;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
