import type { DataSettings } from './cell.ts';

/**
 * How many images of the training part a run trains on: what the validation cut leaves, at most the limit.
 * The cut itself rounds in each class, so that it may differ by a few.
 */
export function trainingImages(
  trainingCount: number,
  { validationShare, trainingLimit }: DataSettings,
): number {
  const left = trainingCount - Math.round(trainingCount * validationShare);
  return trainingLimit > 0 ? Math.min(trainingLimit, left) : left;
}
