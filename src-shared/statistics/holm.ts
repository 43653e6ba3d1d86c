/**
 * p values adjusted for the number of comparisons by Holm's step-down method ("A simple sequentially rejective
 * multiple test procedure", 1979), in the order given. A comparison without a p (null, NaN) stays without one, and counts
 * as one that found nothing: which of them could be tested depends on the data.
 *
 * @param factor by which they are multiplied besides, as for the choice of a baseline
 * @param count of all comparisons, where those that found nothing are not among these
 */
export function holmAdjusted(
  pValues: readonly (number | null)[],
  factor = 1,
  count = pValues.length,
): (number | null)[] {
  const known = pValues.flatMap((p, place) => (p === null || Number.isNaN(p) ? [] : [{ p, place }]));
  const adjusted: (number | null)[] = pValues.map(() => null);
  let greatest = 0;
  for (const [rank, { p, place }] of known.sort((a, b) => a.p - b.p).entries()) {
    greatest = Math.max(greatest, Math.min(1, p * (count - rank)));
    adjusted[place] = Math.min(1, factor * greatest);
  }
  return adjusted;
}
