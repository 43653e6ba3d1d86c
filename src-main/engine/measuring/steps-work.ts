import { z } from 'zod';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { TIMEOUTS, type WorkKind } from '../../work/work-kind.ts';
import type { Worker } from '../../work/worker.ts';

const extent = z.int().positive();

/** What is trained to be measured. */
const subjectSchema = z.object({
  network: z.record(z.string(), z.unknown()),
  recipe: recipeSchema,
  /** Shape of an image: height, width, channels. */
  input: z.tuple([extent, extent, extent]),
  classes: extent,
});
export type MeasuredSubject = Readonly<z.infer<typeof subjectSchema>>;

const taskSchema = subjectSchema.extend({
  /** Trained in one step. */
  networks: extent,
  milliseconds: z.number().nonnegative(),
});
export type StepsTask = z.infer<typeof taskSchema>;

const resultSchema = z.object({ steps: z.int().positive(), seconds: z.number().positive() });
export type TakenSteps = z.infer<typeof resultSchema>;

/** In the environment of a measuring process: the folder of the engine. */
export const MEASURED_ENGINE = 'KINDLING_MEASURED_ENGINE';

/** Takes steps of a training for a while, on an engine and in an environment as trainers have them. What it has compiled stays. */
export const STEPS: WorkKind<StepsTask, TakenSteps> = {
  who: 'The measuring process',
  program: new URL('./steps-worker.ts', import.meta.url),
  carrier: 'process',
  task: taskSchema,
  result: resultSchema,
  progress: z.never(),
  about: z.null(),
  lessMemory: 'a smaller batch',
  timeouts: { ...TIMEOUTS, silence: 120_000, grace: 0 },
};

export type StepsWorker = Worker<StepsTask, TakenSteps>;
