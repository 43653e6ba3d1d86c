import { randomStream } from '../../src-shared/random.ts';
import { countLabels } from './count-labels.ts';
import type { ImagePart } from './dataset.ts';

export interface TrainingSplit {
  /** Indices into the training part, in a fixed random order: its first n are a fair sample of it. */
  readonly training: Uint32Array;
  /** Indices into the training part, ascending; empty where the share is 0. */
  readonly validation: Uint32Array;
}

/**
 * Cuts the validation images from the training part: of each class its share, rounded to the nearest, but never
 * all. Which ones depends on the labels and the share alone, so that every run of a study is judged on the same
 * images and no seed moves one across.
 * @param share of each class kept for validation, in [0, 1)
 * @param limit keep only so many training images after the cut; 0: all
 */
export function splitTraining(part: ImagePart, classes: number, share: number, limit = 0): TrainingSplit {
  const stream = randomStream(0, 'validation cut');
  const order = stream.permutation(part.count);
  const wanted = countLabels(part.labels, classes).map((count) =>
    Math.max(0, Math.min(count - 1, Math.round(count * share))),
  );
  const training: number[] = [];
  const validation: number[] = [];
  for (const index of order) {
    const label = part.labels[index] ?? 0;
    const left = wanted[label] ?? 0;
    if (left > 0) {
      wanted[label] = left - 1;
      validation.push(index);
    } else if (limit === 0 || training.length < limit) {
      training.push(index);
    }
  }
  return { training: Uint32Array.from(training), validation: Uint32Array.from(validation).sort() };
}
