/** Cross-entropy of one image's class given its logits: ln(sum of exp(logits)) - the logit of the class, in nats. */
export function crossEntropyOf(logits: Float32Array, place: number): number {
  const largest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return largest + Math.log(sum) - (logits[place] ?? NaN);
}
