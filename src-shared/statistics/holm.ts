/**
 * p values adjusted for the number of comparisons by Holm's step-down method ("A simple sequentially rejective
 * multiple test procedure", 1979), in the order given. A null stays null and counts as no comparison.
 */
export function holmAdjusted(pValues: readonly (number | null)[]): (number | null)[] {
  const ordered = pValues.flatMap((p, place) => (p === null ? [] : [{ p, place }])).sort((a, b) => a.p - b.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let greatest = 0;
  for (const [rank, { p, place }] of ordered.entries()) {
    greatest = Math.max(greatest, Math.min(1, p * (ordered.length - rank)));
    adjusted[place] = greatest;
  }
  return adjusted;
}
