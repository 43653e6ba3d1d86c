import { z } from 'zod';
import { type CostedStudy, costStudy } from '../../src-shared/studies/cost-study.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import { describeDataset } from '../datasets/describe-dataset.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';

/** A study that has been checked against its data. */
export interface CheckedStudy extends CostedStudy {
  /** The study file as it was read. */
  readonly text: string;
  /** Of the data that its cells fit. */
  readonly dataHash: string;
}

export interface CheckTask {
  readonly text: string;
  /** For the messages. */
  readonly fileName: string;
  /** Folder of the prepared data sets. */
  readonly dataRoot: string;
}

/** @throws Problem `study-invalid`, and those of the data set */
export function checkStudy(
  text: string,
  fileName: string,
  describe: (dataset: string) => DatasetDescription,
): CheckedStudy {
  const { definition, cells, data } = costStudy(text, fileName, (dataset) => {
    const { name, shape, classes, trainingCount, hash } = describe(dataset);
    return { name, shape, classes: classes.length, trainingCount, hash };
  });
  return { definition, cells, text, dataHash: data.hash };
}

/** What the thread does. */
export function checkStudyTask({ text, fileName, dataRoot }: CheckTask): CheckedStudy {
  return checkStudy(text, fileName, (dataset) => describeDataset(dataset, dataRoot));
}

export const CHECKING: WorkKind<CheckTask, CheckedStudy> = {
  who: 'The check of the study',
  program: new URL('./check-study-thread.ts', import.meta.url),
  carrier: 'thread',
  task: z.object({ text: z.string(), fileName: z.string(), dataRoot: z.string() }),
  // cells by the ten thousand, just checked: to look at each would cost the caller the time that the thread saves
  result: z.custom<CheckedStudy>((study) => typeof study === 'object' && study !== null && 'cells' in study),
  progress: z.never(),
  about: z.null(),
  lessMemory: 'fewer cells',
  timeouts: READING_TIMEOUTS,
};

/** `checkStudy` in a thread of its own: a study of thousands of cells takes seconds, in which the caller goes on. */
export function checkStudyInThread(task: CheckTask, signal?: AbortSignal): Promise<CheckedStudy> {
  return doElsewhere(CHECKING, task, { signal });
}
