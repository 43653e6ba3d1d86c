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
 * The data of a study that is about to be trained. A small set is read whole, so that damage is found before anything has
 * changed. Of a large one only the sizes are checked: each trainer checks all that it reads, and to read all of it here as well
 * would keep the trainers waiting. One that has to be made is made in a thread, in which the caller goes on.
 * @throws Problem as `ensureDataset`, and `data-invalid` if a small one is damaged; the signal's reason
 */
export async function openToTrain(task: VerifyTask, signal?: AbortSignal): Promise<PreparedDataset> {
  signal?.throwIfAborted();
  const present = presentDataset(task.name, task.dataRoot);
  if (present !== null && (isLarge(present) || isWhole(present))) return present;
  await doElsewhere(VERIFYING, task, { signal });
  return openDataset(path.join(task.dataRoot, task.name));
}

function isLarge(dataset: PreparedDataset): boolean {
  return dataset.description.pictures !== null || dataset.checkSizes() >= LARGE_BYTES;
}

function isWhole(dataset: PreparedDataset): boolean {
  try {
    dataset.verify();
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
