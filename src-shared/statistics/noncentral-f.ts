import { fCdf } from '#distributions';
import { logGamma } from './log-gamma.ts';

/** Degrees of freedom of an F statistic: of the effect and of the residual. */
export type FDegrees = readonly [effect: number, residual: number];

/** Standard deviations of a Poisson distribution beyond which its terms do not count. */
const REACH = 10;

/**
 * Probability that a noncentral F statistic is at most `f`: central ones with 2 j more degrees of freedom, weighted by
 * Poisson's probabilities of j with the mean lambda / 2 (Johnson, Kotz and Balakrishnan, chapter 30). Incomplete beta
 * functions follow from one by adding terms, from the largest j down, which loses no digits.
 */
function noncentralFCdf(f: number, [effect, residual]: FDegrees, lambda: number): number {
  const mean = lambda / 2;
  const spread = REACH * Math.sqrt(mean);
  const first = Math.max(0, Math.floor(mean - spread));
  const last = Math.ceil(mean + spread) + 3 * REACH;
  const b = residual / 2;
  const logX = Math.log(effect * f) - Math.log(effect * f + residual);
  const logRest = Math.log(residual) - Math.log(effect * f + residual);
  let a = effect / 2 + last;
  let below = fCdf((effect * f) / (2 * a), 2 * a, residual);
  // x^a (1-x)^b / (a B(a, b)), the difference of the functions of a and of a + 1
  let logTerm = a * logX + b * logRest + logGamma(a + b) - logGamma(a + 1) - logGamma(b);
  let weight = 1;
  let weights = 0;
  let sum = 0;
  for (let j = last; j >= first; j--) {
    weights += weight;
    sum += weight * below;
    weight *= j / mean;
    logTerm += Math.log(a) - logX - Math.log(a + b - 1);
    a -= 1;
    below += Math.exp(logTerm);
  }
  return lambda === 0 ? fCdf(f, effect, residual) : sum / weights;
}

/**
 * Confidence interval of the noncentrality behind an F statistic: the values that make it neither too large nor too small
 * (Steiger, Psychological Methods 9, 2004). An end is zero where even that makes it too small.
 */
export function noncentralityInterval(
  f: number,
  degrees: FDegrees,
  level = 0.95,
): readonly [low: number, high: number] {
  const tail = (1 - level) / 2;
  return [solve(f, degrees, 1 - tail), solve(f, degrees, tail)];
}

/** The noncentrality with which a statistic is at most `f` with this probability, which falls with it. */
function solve(f: number, degrees: FDegrees, probability: number): number {
  if (fCdf(f, ...degrees) <= probability) return 0;
  let [low, high] = [0, degrees[0] * (f + 1)];
  while (noncentralFCdf(f, degrees, high) > probability) [low, high] = [high, 2 * high];
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (noncentralFCdf(f, degrees, middle) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
