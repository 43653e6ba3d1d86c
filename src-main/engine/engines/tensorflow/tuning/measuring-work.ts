import { z } from 'zod';
import { TIMEOUTS, type WorkKind } from '../../../../work/work-kind.ts';
import type { Worker } from '../../../../work/worker.ts';

const taskSchema = z.object({
  /** Of `MEASURED_NETWORKS`. */
  network: z.string(),
  /** Each is the list of operations for which TensorFlow's kernels serve. */
  variants: z.array(z.array(z.string())).min(1),
  /** For all variants together. */
  milliseconds: z.number().nonnegative(),
});
export type StepTask = z.infer<typeof taskSchema>;

const resultSchema = z.object({
  /** Milliseconds of the steps of each variant; those with the same index were taken one after the other. */
  times: z.array(z.array(z.number().positive()).min(1)),
});
export type MeasuredSteps = z.infer<typeof resultSchema>;

const aboutSchema = z.object({
  /** Whether kernels of ours are there and can be used. */
  hasOwnKernels: z.boolean(),
});
type About = z.infer<typeof aboutSchema>;

/**
 * Trains small networks for a while, variants by turns, in a process that was given its environment. What it has compiled
 * stays.
 */
export const MEASURING: WorkKind<StepTask, MeasuredSteps, never, About> = {
  who: 'The measuring process',
  program: new URL('./measuring-worker.ts', import.meta.url),
  carrier: 'process',
  task: taskSchema,
  result: resultSchema,
  progress: z.never(),
  about: aboutSchema,
  lessMemory: 'fewer programs beside it',
  timeouts: { ...TIMEOUTS, silence: 120_000, grace: 0 },
};

export type MeasuringWorker = Worker<StepTask, MeasuredSteps, never, About>;
