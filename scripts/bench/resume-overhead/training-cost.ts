import { z } from 'zod';

/** What one whole training took in a process that was warm. */
export const trainingCostSchema = z.object({
  /** Of all threads. */
  cpuSeconds: z.number(),
  seconds: z.number(),
  /** Resume checkpoints that were written. */
  checkpoints: z.int(),
});
export type TrainingCost = z.infer<typeof trainingCostSchema>;
