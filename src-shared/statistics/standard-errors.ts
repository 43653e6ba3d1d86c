import { tQuantile } from '#distributions';

const known = new Map<number, Map<number, number>>();

/**
 * How many standard errors a t interval reaches to each side: t(1 - (1 - level) / 2, degreesOfFreedom). Remembered, as
 * tables and bands ask for a few of them thousands of times.
 */
export function standardErrors(level: number, degreesOfFreedom: number): number {
  const ofLevel = known.get(level) ?? new Map<number, number>();
  known.set(level, ofLevel);
  const before = ofLevel.get(degreesOfFreedom);
  if (before !== undefined) return before;
  const quantile = tQuantile(1 - (1 - level) / 2, degreesOfFreedom);
  // only whole degrees come again; those of Welch's test would fill the memory
  if (Number.isInteger(degreesOfFreedom)) ofLevel.set(degreesOfFreedom, quantile);
  return quantile;
}
