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

/** The least and the greatest value that there can be. */
export type Range = readonly [least: number, most: number];

/** By names, as JSON knows no infinity. `signed share`: a difference of shares, or a correlation. */
export const RANGES = {
  any: [-Infinity, Infinity],
  'not negative': [0, Infinity],
  share: [0, 1],
  'signed share': [-1, 1],
  'up to one': [-Infinity, 1],
} as const satisfies Readonly<Record<string, Range>>;
export type RangeName = keyof typeof RANGES;

/** Both null where there is no interval. */
export interface Bounds {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Bounds are null for fewer than two values, the mean as well for none: one run shows no spread. Neither have values any
 * that are not finite.
 */
export interface TInterval extends Bounds {
  readonly n: number;
  readonly mean: number | null;
}

export interface IntervalOptions {
  /** From 0 to 1, without these; 0.95 unless it is said. */
  readonly level?: number;
  readonly range?: Range;
  /** Of the values those that decided how many there are, whose deviation then counts alone (`two-stage.ts`). */
  readonly firstStage?: readonly number[];
}

/** An interval as a pair; null where it has no bounds. */
export function boundsOf({ low, high }: Bounds): readonly [low: number, high: number] | null {
  return low === null || high === null ? null : [low, high];
}

/**
 * Student's t interval of the mean: mean +- t(1 - (1 - level) / 2, n - 1) * s / sqrt(n). It covers the true
 * mean with probability `level` for normal values at any n, where 1.96 standard errors cover too little
 * at small n.
 *
 * It is cut at the ends of `range`. As no true mean is beyond, it covers as often as before.
 *
 * @throws RangeError if level is not between 0 and 1.
 */
export function tInterval(
  values: readonly number[],
  { level = 0.95, range = RANGES.any, firstStage = values }: IntervalOptions = {},
): TInterval {
  if (!(level > 0 && level < 1)) throw new RangeError(`The level must lie between 0 and 1, not at ${level}.`);
  const n = values.length;
  if (n === 0) return { n, mean: null, low: null, high: null };
  const centre = mean(values);
  const stage = firstStage.length;
  if (stage < 2 || !Number.isFinite(centre)) return { n, mean: centre, low: null, high: null };
  const half = (standardErrors(level, stage - 1) * standardDeviation(firstStage)) / Math.sqrt(n);
  return { n, mean: centre, ...cutAt({ low: centre - half, high: centre + half }, range) };
}

/** What of an interval lies within a range. */
export function cutAt({ low, high }: Bounds, [least, most]: Range): Bounds {
  return {
    low: low === null ? null : Math.max(least, low),
    high: high === null ? null : Math.min(most, high),
  };
}

/** Whether an interval was cut, so that it does not reach as far to both sides of its mean. */
export function isCut({ mean: centre, low, high }: Pick<TInterval, 'mean' | 'low' | 'high'>): boolean {
  if (centre === null || low === null || high === null) return false;
  return Math.abs(high - centre - (centre - low)) > 1e-9 * Math.max(Math.abs(low), Math.abs(high));
}
