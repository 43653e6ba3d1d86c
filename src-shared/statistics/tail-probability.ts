import { fCdf, tCdf } from '#distributions';

/** With so many degrees of freedom Student's t is the normal distribution to nine digits of a tail. */
const NORMAL_DEGREES = 1e15;

/** Two-sided p of Student's t; small tails keep their digits. Zero for an infinite t. */
export function tTail(t: number, degreesOfFreedom: number): number {
  return 2 * tCdf(-Math.abs(t), degreesOfFreedom);
}

/** p of Student's t that tests to one side: the tail above it. */
export function tUpperTail(t: number, degreesOfFreedom: number): number {
  return tCdf(-t, degreesOfFreedom);
}

/** p of an F statistic (upper tail), as the lower tail of 1/F, which keeps the digits of a small p. */
export function fTail(f: number, between: number, within: number): number {
  if (f <= 0) return 1;
  return fCdf(1 / f, within, between);
}

/** Two-sided p of a standard normal z. */
export function normalTail(z: number): number {
  return tTail(z, NORMAL_DEGREES);
}
