/**
 * Sets the small weights to zero: those whose absolute value is at most `quality` times the standard deviation (of the
 * population) of all weights of the kernel (Han et al., arXiv 1506.02626, section 3). 0 keeps every weight but zeros.
 */
export function pruneWeights(weights: Float32Array, quality: number): Float32Array {
  const threshold = quality * standardDeviation(weights);
  return weights.map((weight) => (Math.abs(weight) > threshold ? weight : 0));
}

/** Sets all but so many weights to zero, the smallest first; of equally large ones the later. */
export function keepLargest(weights: Float32Array, count: number): Float32Array {
  const sizes = weights.map(Math.abs);
  const order = Array.from(sizes.keys()).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
  const kept = new Float32Array(weights.length);
  for (const place of order.slice(0, count)) kept[place] = weights[place] ?? 0;
  return kept;
}

function standardDeviation(values: Float32Array): number {
  if (values.length === 0) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
