import { standardErrors } from '../standard-errors.ts';
import { tTail } from '../tail-probability.ts';
import type { FactorialFit, Variation } from './fit-factorial.ts';
import { type AtLevels, gridRow, lengthSquared } from './grid-mean.ts';

/** A linear function of the means with its t test against zero. */
export interface Contrast {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly standardError: number;
  readonly t: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

interface Weighted {
  readonly at: AtLevels;
  readonly weight: number;
}

/** Null where the runs do not tell it, or nothing is left to judge it by. */
export function contrastOf(given: FactorialFit, of: readonly Weighted[]): Contrast | null {
  const sum = combined(given, of);
  if (!sum) return null;
  const { estimate, coordinates, isEstimable } = given.fit.project(sum);
  return isEstimable ? tested(estimate, lengthSquared(coordinates), given.residual) : null;
}

/** Of weights that add up to zero, so that the blocks do not matter. */
export function combined(given: FactorialFit, of: readonly Weighted[]): Float64Array | null {
  const sum = new Float64Array(given.model.columns);
  for (const { at, weight } of of) {
    const row = gridRow(given, at);
    if (!row) return null;
    for (const [column, value] of row.entries()) sum[column] = (sum[column] ?? 0) + weight * value;
  }
  return sum;
}

/** @param factor by which the residual's variance is multiplied */
export function tested(
  estimate: number,
  factor: number,
  { sumOfSquares, degreesOfFreedom }: Variation,
): Contrast | null {
  const standardError = Math.sqrt((factor * sumOfSquares) / degreesOfFreedom);
  if (degreesOfFreedom < 1 || !(standardError > 0)) return null;
  const half = standardErrors(0.95, degreesOfFreedom) * standardError;
  const t = estimate / standardError;
  return {
    ...{ estimate, low: estimate - half, high: estimate + half },
    ...{ standardError, t, degreesOfFreedom, p: tTail(t, degreesOfFreedom) },
  };
}
