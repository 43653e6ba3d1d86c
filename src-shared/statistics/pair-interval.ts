import { type TInterval, tInterval } from './interval.ts';

/**
 * Interval of the mean over all pairs of replicates, from the mean of each replicate over its pairs with all the others.
 * Two such means share a pair and each pair counts twice, so that their own spread says too little: the jackknife of this
 * U-statistic (Arvesen, Annals of Mathematical Statistics 40, 1969) is 2 (n - 1) / (n - 2) times their standard error, with
 * n - 1 degrees of freedom. No bounds for fewer than three replicates: two have one pair.
 *
 * @throws RangeError if level is not between 0 and 1.
 */
export function pairInterval(means: readonly number[], level = 0.95): TInterval {
  const { n, mean, halfWidth } = tInterval(means, level);
  if (mean === null || halfWidth === null || n < 3)
    return { n, mean, low: null, high: null, halfWidth: null };
  const wider = (halfWidth * 2 * (n - 1)) / (n - 2);
  return { n, mean, low: mean - wider, high: mean + wider, halfWidth: wider };
}
