import { standardErrors } from './standard-errors.ts';
import { tUpperTail } from './tail-probability.ts';

/** An estimated difference. */
export interface Estimate {
  readonly difference: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

export interface EquivalenceTest {
  /** p of two one-sided t tests (Schuirmann, 1987): below 0.05 the difference is within the margin on both sides. */
  readonly p: number;
  /** p of the upper one: below 0.05 there is no gain of the margin or more. */
  readonly noGainP: number;
  /** p of the lower one: below 0.05 there is no loss of the margin or more. */
  readonly noLossP: number;
  /** 90 % t interval of the difference: it lies within the margin where p is below 0.05. */
  readonly interval: readonly [low: number, high: number];
}

/**
 * Tests whether a difference is smaller than a margin: that it is not significantly different from zero does not say so.
 * @param margin differences of at least so much, to either side, would matter
 */
export function equivalenceTest(
  { difference, standardError, degreesOfFreedom }: Estimate,
  margin: number,
): EquivalenceTest {
  const noGainP = tUpperTail((margin - difference) / standardError, degreesOfFreedom);
  const noLossP = tUpperTail((difference + margin) / standardError, degreesOfFreedom);
  const half = standardErrors(0.9, degreesOfFreedom) * standardError;
  return {
    ...{ p: Math.max(noGainP, noLossP), noGainP, noLossP },
    interval: [difference - half, difference + half],
  };
}
