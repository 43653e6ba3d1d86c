import { fTail } from '../tail-probability.ts';
import { combined } from './contrast.ts';
import type { Level } from './design.ts';
import type { FTest } from './factorial-anova.ts';
import type { FactorialFit, Variation } from './fit-factorial.ts';
import { type AtLevels, lengthSquared } from './grid-mean.ts';

/** The effect of a factor at levels of others. */
export interface SimpleEffect extends Variation {
  readonly factor: number;
  readonly at: AtLevels;
  /** Null where nothing is left to test it against. */
  readonly test: FTest | null;
}

/** The effects of all other factors at some levels, against the residual of the whole model; without those that the runs do not tell. */
export function simpleEffects(given: FactorialFit, at: AtLevels): SimpleEffect[] {
  const { residual, design } = given;
  const error = residual.sumOfSquares / residual.degreesOfFreedom;
  return design.factors.flatMap((_, factor): SimpleEffect[] => {
    if (at.has(factor)) return [];
    const [first = null, ...others] = endsOrLevels(given, factor);
    const rows = others.map((level) =>
      combined(given, [
        { at: new Map([...at, [factor, level]]), weight: 1 },
        { at: new Map([...at, [factor, first]]), weight: -1 },
      ]),
    );
    const projections = rows.map((row) => row && given.fit.project(row));
    if (projections.some((each) => each?.isEstimable !== true)) return [];
    const { sumOfSquares, degreesOfFreedom } = explained(projections.flatMap((each) => each ?? []));
    const f = sumOfSquares / degreesOfFreedom / error;
    const test = error > 0 ? { f, p: fTail(f, degreesOfFreedom, residual.degreesOfFreedom) } : null;
    return [{ factor, at, sumOfSquares, degreesOfFreedom, test }];
  });
}

/** Two values of a numeric factor tell its line. */
function endsOrLevels({ design }: FactorialFit, factor: number): readonly Level[] {
  const { isNumeric = false, levels = [] } = design.factors[factor] ?? {};
  return isNumeric ? [levels[0] ?? null, levels.at(-1) ?? null] : levels;
}

/** What several functions explain together: estimates in orthonormal directions of their coordinates. */
function explained(
  functions: readonly { readonly estimate: number; readonly coordinates: Float64Array }[],
): Variation {
  const basis: { readonly direction: Float64Array; readonly estimate: number }[] = [];
  for (const { estimate, coordinates } of functions) {
    let [direction, rest] = [coordinates, estimate];
    for (const other of basis) {
      const share = direction.reduce((sum, value, at) => sum + value * (other.direction[at] ?? 0), 0);
      direction = direction.map((value, at) => value - share * (other.direction[at] ?? 0));
      rest -= share * other.estimate;
    }
    const length = Math.sqrt(lengthSquared(direction));
    if (length > 1e-7 * Math.sqrt(lengthSquared(coordinates)))
      basis.push({ direction: direction.map((value) => value / length), estimate: rest / length });
  }
  return {
    sumOfSquares: basis.reduce((sum, { estimate }) => sum + estimate ** 2, 0),
    degreesOfFreedom: basis.length,
  };
}
