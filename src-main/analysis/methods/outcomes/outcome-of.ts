import type { Outcome } from '../../../../src-shared/analysis/outcomes.ts';

/**
 * What an image's logits come to: the class of the largest, of equal ones the first, and the cross-entropy of the true
 * class, ln(sum of exp(logits)) - its logit, in nats.
 */
export function outcomeOf(image: number, truth: number, logits: Float32Array): Outcome {
  const largest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  const loss = Math.log(sum) + largest - (logits[truth] ?? NaN);
  return { image, truth, predicted: logits.indexOf(largest), loss };
}
