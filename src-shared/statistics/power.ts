import { erfc, tQuantile } from '#distributions';
import type { Estimate } from './equivalence-test.ts';
import { overDeviations } from './over-deviations.ts';

/**
 * Probability that a noncentral t statistic is at most `t`: with the deviation known to be s times the true one it is that
 * of a normal variable, Phi(t s - noncentrality), whose mean over s this is (Johnson, Kotz and Balakrishnan, chapter 31).
 */
export function noncentralTCdf(t: number, degreesOfFreedom: number, noncentrality: number): number {
  return overDeviations(degreesOfFreedom, (s) => normalCdf(t * s - noncentrality));
}

/**
 * Probability that a two-sided t test finds a true difference at the level alpha; either sign counts, so that it is alpha
 * where there is no difference.
 *
 * @param truth the true difference, and the true standard error of its estimate
 */
export function differencePower(
  { difference, standardError, degreesOfFreedom }: Estimate,
  alpha: number,
): number {
  const noncentrality = Math.abs(difference) / standardError;
  const critical = tQuantile(1 - alpha / 2, degreesOfFreedom);
  return overDeviations(
    degreesOfFreedom,
    (s) => normalCdf(noncentrality - critical * s) + normalCdf(-noncentrality - critical * s),
  );
}

/**
 * Probability that two one-sided t tests, each at the level alpha, show a true difference to be smaller than the margin.
 * Exact, by the same mean over the estimated deviation (Owen, Biometrika 52, 1965; Phillips, Journal of Pharmacokinetics and
 * Biopharmaceutics 18, 1990): beyond some deviation the two can no longer both succeed.
 */
export function equivalencePower(
  { difference, standardError, degreesOfFreedom }: Estimate,
  margin: number,
  alpha: number,
): number {
  const critical = tQuantile(1 - alpha, degreesOfFreedom);
  const [above, below] = [(margin - difference) / standardError, (margin + difference) / standardError];
  return overDeviations(
    degreesOfFreedom,
    (s) => Math.max(0, normalCdf(above - critical * s) - normalCdf(critical * s - below)),
    margin / (standardError * critical),
  );
}

function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}
