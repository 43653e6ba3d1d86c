import { z } from 'zod';
import { analysisEnvironment } from '../analysis-environment.ts';
import { doElsewhere } from '../../work/do-elsewhere.ts';
import type { JobControl } from '../../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../../work/work-kind.ts';

const taskSchema = z.object({
  /** Path of the network's checkpoint. */
  checkpoint: z.string(),
  /** To which the short side of a picture is scaled. */
  shortSide: z.int(),
  pictures: z.array(z.string()),
});
export type PredictionTask = z.output<typeof taskSchema>;

const predictedSchema = z.object({
  file: z.string(),
  /** All classes, the most likely first. */
  predictions: z.array(z.object({ index: z.int(), name: z.string(), probability: z.number() })),
});

const resultSchema = z.object({
  pictures: z.array(predictedSchema),
  /** Why a picture could not be read, in the words of the message. */
  broken: z.array(z.string()),
});
export type Predictions = z.output<typeof resultSchema>;

/** Runs a network on pictures; its progress is the share of them that is done. */
export const PREDICTION: WorkKind<PredictionTask, Predictions, number> = {
  who: 'The predicting process',
  program: new URL('./main.ts', import.meta.url),
  carrier: 'process',
  task: taskSchema,
  result: resultSchema,
  progress: z.number(),
  about: z.null(),
  lessMemory: 'fewer pictures',
  timeouts: TIMEOUTS,
};

/**
 * Runs a network on pictures, in a process of its own.
 * @param home folder of the engines
 * @throws Problem `engine-missing` or `engine-invalid`, `data-invalid` for the checkpoint; the signal's reason
 */
export function predictPictures(
  home: string,
  task: PredictionTask,
  control: JobControl<number> = {},
): Promise<Predictions> {
  const environment = analysisEnvironment(home);
  return doElsewhere(PREDICTION, task, { ...control, environment });
}
