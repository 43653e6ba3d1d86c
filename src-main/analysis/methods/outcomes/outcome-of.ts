import type { Outcome } from '../../../../src-shared/analysis/outcomes.ts';
import { crossEntropyOf } from '../../measures/cross-entropy-of.ts';

/** What an image's logits come to: the class of the largest, of equal ones the first, and the cross-entropy of the true class. */
export function outcomeOf(image: number, truth: number, logits: Float32Array): Outcome {
  const predicted = logits.indexOf(Math.max(...logits));
  return { image, truth, predicted, loss: crossEntropyOf(logits, truth) };
}
