import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Problem, type ProblemCode } from '../../src-shared/contract/problem.ts';
import { ensureDataset } from './ensure-dataset.ts';
import { openDataset, type PreparedDataset } from './open-dataset.ts';

/** What the thread is given. */
export interface VerifyTask {
  readonly name: string;
  readonly dataRoot: string;
}

/** What the thread answers; a Problem does not travel as such. */
export type VerifyAnswer =
  { readonly ok: true } | { readonly ok: false; readonly code: ProblemCode; readonly message: string };

/** Opens a data set by name, as `ensureDataset`, and reads all of it. @throws Problem of both */
export function verifyDataset({ name, dataRoot }: VerifyTask): PreparedDataset {
  const dataset = ensureDataset(name, dataRoot);
  dataset.verify();
  return dataset;
}

/** `verifyDataset` in a thread of its own: a large data set takes seconds, in which the caller goes on. */
export async function verifyDatasetInThread(name: string, dataRoot: string): Promise<PreparedDataset> {
  const task: VerifyTask = { name, dataRoot };
  const worker = new Worker(new URL('./verify-thread.ts', import.meta.url), { workerData: task });
  const answer = await new Promise<VerifyAnswer>((answered, failed) => {
    worker.once('message', answered);
    worker.once('error', failed);
    worker.once('exit', () => failed(new Error('the thread that reads a data set ended without an answer')));
  });
  if (!answer.ok) throw new Problem(answer.code, answer.message);
  return openDataset(path.join(dataRoot, name));
}
