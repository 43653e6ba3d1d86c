import { z } from 'zod';
import { timeMetrics } from '../metrics/metrics.ts';

/** What a run has used, over all stretches in which it was trained. */
export const spentSchema = z.object({
  /** Since it asked for its first batch. */
  seconds: z.number(),
  /** Of each part, with what came before. */
  parts: z.record(z.enum(timeMetrics), z.number()),
  preparationSeconds: z.number(),
  peakMemoryBytes: z.number(),
  /** Steps without those that were recorded: `stepSeconds` is their time. */
  timedSteps: z.int(),
});
export type Spent = Readonly<z.infer<typeof spentSchema>>;
