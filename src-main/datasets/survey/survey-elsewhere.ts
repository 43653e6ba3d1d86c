import { z } from 'zod';
import type { DatasetSurvey } from '../../../src-shared/datasets/dataset-survey.ts';
import { doElsewhere } from '../../work/do-elsewhere.ts';
import type { JobControl } from '../../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../../work/work-kind.ts';
import type { SurveyProgress, SurveyTask } from './survey-dataset.ts';

const bytes = z.instanceof(Uint8Array) as z.ZodType<Uint8Array<ArrayBuffer>>;
const spread = z.object({ least: z.number(), median: z.number(), most: z.number() });
const repeats = z.object({
  pairs: z.number(),
  acrossParts: z.number(),
  withinTraining: z.number(),
  withinTest: z.number(),
  inSeveralClasses: z.number(),
});
const place = z.object({ part: z.enum(['training', 'test']), image: z.number(), label: z.number() });

export const surveySchema: z.ZodType<DatasetSurvey> = z.object({
  hash: z.string(),
  counts: z.object({ training: z.array(z.number()), test: z.array(z.number()) }),
  mean: z.array(z.number()),
  std: z.array(z.number()),
  meanPicture: bytes,
  classMeans: z.array(bytes.nullable()),
  same: repeats,
  near: repeats,
  nearLimit: z.string(),
  flat: z.number(),
  pairs: z.array(z.object({ one: place, other: place, correlation: z.number() })),
  pictures: z.object({ width: spread, height: spread, smaller: z.number() }).nullable(),
});

/** Surveys a data set in a thread, which reads all of it. */
export const SURVEYING: WorkKind<SurveyTask, DatasetSurvey, SurveyProgress> = {
  who: 'The survey of the images',
  program: new URL('./survey-thread.ts', import.meta.url),
  carrier: 'thread',
  task: z.object({ name: z.string(), dataRoot: z.string() }),
  result: surveySchema,
  progress: z.object({
    phase: z.enum(['reading the images', 'comparing the images']),
    share: z.number(),
  }),
  about: z.null(),
  lessMemory: 'smaller data sets',
  timeouts: TIMEOUTS,
};

/** @throws Problem as `surveyDataset`; the signal's reason */
export function surveyElsewhere(
  task: SurveyTask,
  control: JobControl<SurveyProgress>,
): Promise<DatasetSurvey> {
  return doElsewhere(SURVEYING, task, control);
}
