import { cutAt, type IntervalOptions, RANGES, type TInterval, tInterval } from './interval.ts';

/**
 * Interval of the mean over all pairs of replicates, from the mean of each replicate over its pairs with all the others.
 * Two such means share a pair and each pair counts twice, so that their own spread says too little: the jackknife of this
 * U-statistic (Arvesen, Annals of Mathematical Statistics 40, 1969) is 2 (n - 1) / (n - 2) times their standard error, with
 * n - 1 degrees of freedom; cut at the ends of `range`. No bounds for fewer than three replicates: two have one pair.
 *
 * @throws RangeError if level is not between 0 and 1.
 */
export function pairInterval(
  means: readonly number[],
  { level = 0.95, range = RANGES.any }: IntervalOptions = {},
): TInterval {
  const { n, mean, low, high } = tInterval(means, { level });
  if (mean === null || low === null || high === null || n < 3) return { n, mean, low: null, high: null };
  const half = ((high - low) * (n - 1)) / (n - 2);
  return { n, mean, ...cutAt({ low: mean - half, high: mean + half }, range) };
}
