import { standardDeviation } from './interval.ts';
import { standardErrors } from './standard-errors.ts';

/**
 * How many values the t interval of a mean takes until it reaches at most `halfWidth` to each side, by the first of them
 * (Stein, "A two-sample test for a linear hypothesis whose power is independent of the variance", Annals of Mathematical
 * Statistics 16, 1945): the least n with t(n0 - 1) * s0 / sqrt(n) <= halfWidth, where s0 is the deviation of the n0 first
 * values. With this s0 in its interval as well (`firstStage` of `tInterval`) the mean of n normal values is covered with
 * exactly the level: s0 is independent of the mean, whatever n follows from it, and so also where n is cut at a maximum.
 *
 * @returns n0 or more; Infinity where rounding leaves no other number
 * @throws RangeError for fewer than two values
 */
export function seedsForHalfWidth(first: readonly number[], halfWidth: number, level = 0.95): number {
  const n = first.length;
  if (n < 2) throw new RangeError(`${n} values have no deviation.`);
  const least = ((standardErrors(level, n - 1) * standardDeviation(first)) / halfWidth) ** 2;
  return Math.max(n, Math.ceil(least));
}
