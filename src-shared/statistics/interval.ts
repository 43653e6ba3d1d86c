import { standardErrors } from './standard-errors.ts';

/** Arithmetic mean; NaN without values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation of a sample (divided by n - 1), in two passes; NaN for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return NaN;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * Bounds are null for fewer than two values, the mean as well for none: one run shows no spread. Neither have values any
 * that are not finite.
 */
export interface TInterval {
  readonly n: number;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly halfWidth: number | null;
}

/** An interval as a pair; null where it has no bounds. */
export function boundsOf({
  low,
  high,
}: Pick<TInterval, 'low' | 'high'>): readonly [low: number, high: number] | null {
  return low === null || high === null ? null : [low, high];
}

/**
 * Student's t interval of the mean: mean +- t(1 - (1 - level) / 2, n - 1) * s / sqrt(n). It covers the true
 * mean with probability `level` for normal values at any n, where 1.96 standard errors cover too little
 * at small n.
 *
 * @throws RangeError if level is not between 0 and 1.
 */
export function tInterval(values: readonly number[], level = 0.95): TInterval {
  if (!(level > 0 && level < 1)) throw new RangeError(`The level must lie between 0 and 1, not at ${level}.`);
  const n = values.length;
  if (n === 0) return { n, mean: null, low: null, high: null, halfWidth: null };
  const centre = mean(values);
  if (n === 1 || !Number.isFinite(centre)) return { n, mean: centre, low: null, high: null, halfWidth: null };
  const quantile = standardErrors(level, n - 1);
  const halfWidth = (quantile * standardDeviation(values)) / Math.sqrt(n);
  return { n, mean: centre, low: centre - halfWidth, high: centre + halfWidth, halfWidth };
}
