import path from 'node:path';
import { runInThread } from '../threads/run-in-thread.ts';
import { ensureDataset } from './ensure-dataset.ts';
import { openDataset, type PreparedDataset } from './open-dataset.ts';

/** What the thread is given. */
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

/** `verifyDataset` in a thread of its own: a large data set takes seconds, in which the caller goes on. */
export async function verifyDatasetInThread(name: string, dataRoot: string): Promise<PreparedDataset> {
  const task: VerifyTask = { name, dataRoot };
  await runInThread<undefined>(new URL('./verify-thread.ts', import.meta.url), task);
  return openDataset(path.join(dataRoot, name));
}
