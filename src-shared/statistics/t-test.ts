import { mean, standardDeviation, tInterval } from './interval.ts';
import { standardErrors } from './standard-errors.ts';
import { tTail } from './tail-probability.ts';

/** A difference of means with its t interval and two-sided t test. */
export interface TTest {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Infinite where all differences are the same and not zero. */
  readonly t: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/**
 * Student's test of whether paired differences have a mean of zero.
 *
 * @returns null for fewer than two pairs, or where all differences are zero: nothing can be said then.
 */
export function pairedTTest(differences: readonly number[], level = 0.95): TTest | null {
  const { n, mean: difference, low, high } = tInterval(differences, level);
  if (difference === null || low === null || high === null) return null;
  const error = standardDeviation(differences) / Math.sqrt(n);
  if (error === 0 && difference === 0) return null;
  const t = difference / error;
  return { difference, low, high, t, degreesOfFreedom: n - 1, p: tTail(t, n - 1) };
}

/**
 * Welch's test of the difference of the means of two samples (first minus second) that are not paired; their
 * variances may differ. Degrees of freedom by Welch and Satterthwaite.
 *
 * @returns null unless each has two values or more and one of them varies.
 */
export function welchTTest(first: readonly number[], second: readonly number[], level = 0.95): TTest | null {
  if (first.length < 2 || second.length < 2) return null;
  const parts = [first, second].map((values) => standardDeviation(values) ** 2 / values.length);
  const [a = 0, b = 0] = parts;
  if (a + b === 0) return null;
  const difference = mean(first) - mean(second);
  const error = Math.sqrt(a + b);
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1));
  const half = standardErrors(level, degreesOfFreedom) * error;
  const t = difference / error;
  return {
    ...{ difference, low: difference - half, high: difference + half },
    ...{ t, degreesOfFreedom, p: tTail(t, degreesOfFreedom) },
  };
}
