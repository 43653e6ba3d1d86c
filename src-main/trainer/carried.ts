import { z } from 'zod';
import { stepHistogramsSchema } from '../../src-shared/metrics/layer-histograms.ts';
import { epochPointSchema, stepPointSchema } from '../../src-shared/metrics/measured-values.ts';
import { timeMetrics, type TimeMetric } from '../../src-shared/metrics/metrics.ts';
import { artifactSchema } from '../../src-shared/studies/trainer-protocol.ts';
import { type Spent, spentSchema } from '../../src-shared/studies/spent.ts';
import { NO_IMAGES, epochSumsSchema } from './epoch-sums.ts';

/** What a run carries from step to step besides the state of its network; a resume checkpoint keeps it. */
export const carriedSchema = z.object({
  /** Steps taken. */
  step: z.int(),
  /** Of the epoch that is not over. */
  epoch: epochSumsSchema,
  /** The last epoch that is over, with its validation. */
  last: epochPointSchema.nullable(),
  bestValidationAccuracy: z.number().nullable(),
  firstPoint: stepPointSchema.nullable(),
  lastPoint: stepPointSchema.nullable(),
  /** Of the last step, where they were recorded. */
  lastHistograms: stepHistogramsSchema.nullable(),
  /** Until this stretch began; in a resume checkpoint until that was made. */
  spent: spentSchema,
  artifacts: z.array(artifactSchema),
});
export type Carried = z.infer<typeof carriedSchema>;

const NOTHING_SPENT: Spent = {
  seconds: 0,
  parts: Object.fromEntries(timeMetrics.map((part) => [part, 0])) as Record<TimeMetric, number>,
  preparationSeconds: 0,
  peakMemoryBytes: 0,
  timedSteps: 0,
};

/** Of a run that begins. */
export function carriedFromBeginning(): Carried {
  return {
    step: 0,
    epoch: NO_IMAGES,
    last: null,
    bestValidationAccuracy: null,
    firstPoint: null,
    lastPoint: null,
    lastHistograms: null,
    spent: NOTHING_SPENT,
    artifacts: [],
  };
}

/** Whether the steps of an epoch are over, and its validation is not. */
export function isEpochToEnd({ step, last }: Carried, stepsPerEpoch: number): boolean {
  return Math.floor(step / stepsPerEpoch) > (last?.epoch ?? 0);
}

/**
 * The step of which everything has been told, with the epoch that it ends: what is told after it is told once more by a run that goes on.
 */
export function toldStep(carried: Carried, stepsPerEpoch: number): number {
  return isEpochToEnd(carried, stepsPerEpoch) ? carried.step - 1 : carried.step;
}

/** What was used in two stretches together. */
export function spentInAll(before: Spent, now: Spent): Spent {
  const parts = timeMetrics.map((part) => [part, before.parts[part] + now.parts[part]]);
  return {
    seconds: before.seconds + now.seconds,
    parts: Object.fromEntries(parts) as Record<TimeMetric, number>,
    preparationSeconds: before.preparationSeconds + now.preparationSeconds,
    peakMemoryBytes: Math.max(before.peakMemoryBytes, now.peakMemoryBytes),
    timedSteps: before.timedSteps + now.timedSteps,
  };
}
