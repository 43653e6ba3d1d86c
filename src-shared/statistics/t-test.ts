import { type IntervalOptions, mean, standardDeviation, tInterval } from './interval.ts';
import { standardErrors } from './standard-errors.ts';
import { tTail } from './tail-probability.ts';

/** A difference of means with its t interval and two-sided t test. */
export interface TTest {
  readonly difference: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly t: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/** Of the values, what rounding alone makes of no spread at all. */
const ROUNDING = 1e-9;

/** Whether values differ by more than rounding; without, there is nothing to test a difference against. */
function isSpread(values: readonly number[]): boolean {
  const largest = Math.max(...values.map(Math.abs));
  return standardDeviation(values) > ROUNDING * largest;
}

/**
 * Student's test of whether paired differences have a mean of zero.
 *
 * @param options.firstStage of the differences those whose deviation counts alone (`two-stage.ts`)
 * @returns null for fewer than two pairs, where all differences are the same, or where one is not finite.
 */
export function pairedTTest(
  differences: readonly number[],
  { level = 0.95, firstStage = differences }: Omit<IntervalOptions, 'range'> = {},
): TTest | null {
  const { n, mean: difference, low, high } = tInterval(differences, { level, firstStage });
  if (difference === null || low === null || high === null || !isSpread(firstStage)) return null;
  const error = standardDeviation(firstStage) / Math.sqrt(n);
  const t = difference / error;
  const degreesOfFreedom = firstStage.length - 1;
  return {
    ...{ difference, standardError: error, low, high },
    ...{ t, degreesOfFreedom, p: tTail(t, degreesOfFreedom) },
  };
}

/**
 * Welch's test of the difference of the means of two samples (first minus second) that are not paired; their
 * variances may differ. Degrees of freedom by Welch and Satterthwaite.
 *
 * @returns null unless each has two values or more, all finite, and one of them varies.
 */
export function welchTTest(first: readonly number[], second: readonly number[], level = 0.95): TTest | null {
  if (first.length < 2 || second.length < 2 || ![...first, ...second].every(Number.isFinite)) return null;
  if (!isSpread(first) && !isSpread(second)) return null;
  const parts = [first, second].map((values) => standardDeviation(values) ** 2 / values.length);
  const [a = 0, b = 0] = parts;
  const difference = mean(first) - mean(second);
  const error = Math.sqrt(a + b);
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1));
  const half = standardErrors(level, degreesOfFreedom) * error;
  const t = difference / error;
  return {
    ...{ difference, standardError: error, low: difference - half, high: difference + half },
    ...{ t, degreesOfFreedom, p: tTail(t, degreesOfFreedom) },
  };
}
