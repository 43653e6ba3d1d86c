import { z } from 'zod';
import { importOptionsSchema } from '../../src-shared/datasets/import-options.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import type { JobControl } from '../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import type { AddDatasetOptions } from './add-dataset.ts';
import type { DatasetDescription } from './dataset.ts';
import { datasetDescriptionSchema } from './description-file.ts';
import type { DatasetProgress } from './progress.ts';

export interface AddDatasetTask extends Pick<AddDatasetOptions, 'dataRoot' | 'from' | 'options'> {
  readonly name: string;
}

/** Adds a data set in a process: pictures of any size are decoded there, and files read that may never come. */
export const ADDING: WorkKind<AddDatasetTask, DatasetDescription, DatasetProgress> = {
  who: 'The import',
  program: new URL('./add-worker.ts', import.meta.url),
  carrier: 'process',
  task: z.object({
    name: z.string(),
    dataRoot: z.string(),
    from: z.string().optional(),
    options: importOptionsSchema.optional(),
  }),
  result: datasetDescriptionSchema,
  progress: z.object({
    phase: z.enum(['download', 'survey', 'import', 'write']),
    what: z.string(),
    done: z.number(),
    total: z.number().nullable(),
    images: z.number(),
  }),
  about: z.null(),
  lessMemory: 'smaller or fewer images',
  timeouts: TIMEOUTS,
};

/**
 * `addDataset` in a process of its own.
 * @throws Problem as `addDataset` does; WorkerDied; the signal's reason
 */
export function addDatasetElsewhere(
  task: AddDatasetTask,
  control: JobControl<DatasetProgress>,
): Promise<DatasetDescription> {
  return doElsewhere(ADDING, task, control);
}
