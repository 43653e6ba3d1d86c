/**
 * How alike a layer's filters are: the mean over filters of the largest |cosine| with another one. Filters that are all
 * zero have no direction and are left out.
 *
 * @param filters one vector each, of the same length
 * @returns null for fewer than two filters that are not zero
 */
export function filterRedundancy(filters: readonly Float64Array[]): number | null {
  const units = filters.flatMap((filter) => {
    const norm = Math.sqrt(dot(filter, filter));
    return norm === 0 ? [] : [filter.map((value) => value / norm)];
  });
  if (units.length < 2) return null;
  const largest = new Float64Array(units.length);
  for (const [i, first] of units.entries()) {
    for (const [j, second] of units.entries()) {
      if (j >= i) break;
      const cosine = Math.min(1, Math.abs(dot(first, second)));
      largest[i] = Math.max(largest[i] ?? 0, cosine);
      largest[j] = Math.max(largest[j] ?? 0, cosine);
    }
  }
  return largest.reduce((sum, value) => sum + value, 0) / largest.length;
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < first.length; i++) sum += (first[i] ?? 0) * (second[i] ?? 0);
  return sum;
}
