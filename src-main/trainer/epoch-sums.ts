import { z } from 'zod';
import type { StepResult } from '../engine/engine.ts';

/** Sums over the images of an epoch so far. */
export const epochSumsSchema = z.object({
  loss: z.number(),
  correct: z.number(),
  correctTop5: z.number(),
  images: z.int(),
});
export type EpochSums = Readonly<z.infer<typeof epochSumsSchema>>;

export const NO_IMAGES: EpochSums = { loss: 0, correct: 0, correctTop5: 0, images: 0 };

export function withStep(
  sums: EpochSums,
  { loss, correct, correctTop5 }: StepResult,
  images: number,
): EpochSums {
  return {
    loss: sums.loss + loss * images,
    correct: sums.correct + correct,
    correctTop5: sums.correctTop5 + correctTop5,
    images: sums.images + images,
  };
}

/** Over the images of an epoch. */
export function epochMeans({ loss, correct, correctTop5, images }: EpochSums): {
  readonly trainingLoss: number;
  readonly trainingAccuracy: number;
  readonly trainingTop5: number;
} {
  return {
    trainingLoss: loss / images,
    trainingAccuracy: correct / images,
    trainingTop5: correctTop5 / images,
  };
}
