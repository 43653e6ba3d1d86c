import type { Mistake } from '../mistakes/mistake.ts';
import type { DataSettings } from './cell.ts';
import { trainingImages } from './training-images.ts';

/** What is known of a data set whose training part is to be used. */
export interface TrainingPart {
  readonly name: string;
  readonly classes: number;
  readonly trainingCount: number;
}

/**
 * A limit that limits nothing: who reads `trainingLimit: 100000` takes it for the number of images that were used. The
 * validation cut rounds in each class, so that a limit that is too large by fewer than the classes is left to the trainer,
 * who has the cut.
 */
export function checkDataSettings(
  { validationShare, trainingLimit }: DataSettings,
  { name, classes, trainingCount }: TrainingPart,
): Mistake[] {
  const images = trainingImages(trainingCount, { validationShare, trainingLimit: 0 });
  if (trainingLimit < images + classes) return [];
  const message = `${trainingLimit} is more than the ${images} training images that ${name} has after the validation cut (data.validationShare); use a smaller limit, or 0 for all.`;
  return [{ path: ['data', 'trainingLimit'], value: trainingLimit, message }];
}
