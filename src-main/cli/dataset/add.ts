import { resolve } from 'node:path';
import type { ImportOptions } from '../../../src-shared/datasets/import-options.ts';
import { ensureDataset } from '../../datasets/ensure-dataset.ts';
import { dataFolder } from '../../home.ts';
import { doTask } from '../application/do-task.ts';
import { printDescription, printRemarks } from './print-description.ts';

export interface DatasetAddOptions extends ImportOptions {
  readonly from?: string;
}

/** Adds a data set and says what it is, and what was found in it. @throws Problem, Interrupted */
export async function add(
  storeFile: string,
  name: string,
  { from, ...options }: DatasetAddOptions,
): Promise<void> {
  const source = from === undefined ? {} : { from: resolve(from) };
  await doTask(storeFile, {
    command: 'dataset add',
    start: (client) => client.request('datasets.add', { name, ...source, options }),
    stopped: `stopped; ${name} was not added.`,
  });
  const { description } = ensureDataset(name, dataFolder());
  printDescription(description);
  printRemarks(description.remarks);
}
