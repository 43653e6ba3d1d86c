import { runInThread, type ThreadOptions } from '../threads/run-in-thread.ts';
import type { AddDatasetOptions } from './add-dataset.ts';
import type { DatasetDescription } from './dataset.ts';
import type { DatasetProgress } from './progress.ts';

/** What the thread is given. */
export interface AddDatasetTask extends Pick<AddDatasetOptions, 'dataRoot' | 'from' | 'size'> {
  readonly name: string;
}

/**
 * `addDataset` in a thread of its own: pixels are put in order and hashed there, for seconds, in which the caller goes
 * on.
 * @throws Problem as `addDataset` does; the signal's reason
 */
export function addDatasetInThread(
  task: AddDatasetTask,
  options: Pick<ThreadOptions<DatasetProgress>, 'onProgress' | 'signal'>,
): Promise<DatasetDescription> {
  return runInThread(new URL('./add-thread.ts', import.meta.url), task, options);
}
