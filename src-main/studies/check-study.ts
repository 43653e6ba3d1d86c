import { z } from 'zod';
import { type CostedStudy, costStudy } from '../../src-shared/studies/cost-study.ts';
import { readDefinition } from '../../src-shared/studies/read-study.ts';
import { countCells } from '../../src-shared/studies/samplers/registry.ts';
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

/** Smaller studies are checked before a thread has started, which takes 0.15 s of CPU time. */
const LARGE = { cells: 100, characters: 20_000 };

/**
 * `checkStudy`, a large one in a thread of its own: thousands of cells take seconds, in which the caller goes on.
 * @throws the signal's reason besides
 */
export async function checkStudyAside(task: CheckTask, signal?: AbortSignal): Promise<CheckedStudy> {
  signal?.throwIfAborted();
  return isLarge(task.text) ? doElsewhere(CHECKING, task, { signal }) : checkStudyTask(task);
}

function isLarge(text: string): boolean {
  if (text.length >= LARGE.characters) return true;
  const reading = readDefinition(text);
  return reading.ok && countCells(reading.definition.design) >= LARGE.cells;
}
