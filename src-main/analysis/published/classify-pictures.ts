import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { computingEnvironment } from '../../engine/open-engine.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { doElsewhere } from '../../work/do-elsewhere.ts';
import type { JobControl } from '../../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../../work/work-kind.ts';

const classifiedSchema = z.object({
  picture: z.string(),
  /** The most likely ones, the first one first. */
  classes: z.array(z.object({ index: z.int(), probability: z.number() })),
});
export type ClassifiedPicture = z.infer<typeof classifiedSchema>;

export interface ClassificationTask {
  /** The published compressed network. */
  readonly file: string;
  readonly pictures: readonly string[];
}

/** Decodes the published network and runs it on pictures. */
export const CLASSIFICATION: WorkKind<ClassificationTask, ClassifiedPicture[]> = {
  who: 'The classifying process',
  program: new URL('./main.ts', import.meta.url),
  carrier: 'process',
  task: z.object({ file: z.string(), pictures: z.array(z.string()) }),
  result: z.array(classifiedSchema),
  progress: z.never(),
  about: z.null(),
  lessMemory: 'smaller images',
  timeouts: TIMEOUTS,
};

/**
 * Runs the published network on pictures, in a process of its own.
 * @param home folder of the engines
 * @throws Problem `engine-missing` or `engine-invalid`, and `data-invalid` for the network or a picture; the signal's
 *   reason
 */
export function classifyPictures(
  home: string,
  task: ClassificationTask,
  control: JobControl<never> = {},
): Promise<readonly ClassifiedPicture[]> {
  const environment = {
    KINDLING_HOME: home,
    ...computingEnvironment(selectedEngine(home))(availableParallelism()),
  };
  return doElsewhere(CLASSIFICATION, task, { ...control, environment });
}
