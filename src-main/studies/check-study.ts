import { type CostedStudy, costStudy } from '../../src-shared/studies/cost-study.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import { describeDataset } from '../datasets/describe-dataset.ts';
import { runInThread } from '../threads/run-in-thread.ts';

/** A study that has been checked against its data. */
export interface CheckedStudy extends CostedStudy {
  /** The study file as it was read. */
  readonly text: string;
  /** Of the data that its cells fit. */
  readonly dataHash: string;
}

/** What the thread is given. */
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

/** `checkStudy` in a thread of its own: a study of thousands of cells takes seconds, in which the caller goes on. */
export function checkStudyInThread(task: CheckTask): Promise<CheckedStudy> {
  return runInThread<CheckedStudy>(new URL('./check-study-thread.ts', import.meta.url), task);
}
