import { Problem } from '../mistakes/problem.ts';
import { fitLinear, type LinearFit } from './least-squares.ts';
import { mean } from './interval.ts';
import { standardErrors } from './standard-errors.ts';
import { fTail, tTail } from './tail-probability.ts';

/** One run: two factors, on the scale on which the surface is wanted (e.g. log SR), and the value of a metric. */
export interface SurfacePoint {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

const SURFACE_TERMS = ['1', 'x', 'y', 'x²', 'xy', 'y²'] as const;

export type SurfaceTerm = (typeof SURFACE_TERMS)[number];

export interface SurfaceCoefficient {
  readonly term: SurfaceTerm;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
}

export interface ResponseSurface {
  readonly n: number;
  readonly coefficients: readonly SurfaceCoefficient[];
  /** Share of the values' variance that the surface explains. */
  readonly rSquared: number;
  /** Degrees of freedom of the residual, which every interval uses. */
  readonly degreesOfFreedom: number;
  /** Whether the cells lie further from the surface than their replicates lie apart; null without replicates. */
  readonly lackOfFit: {
    readonly f: number;
    readonly degreesOfFreedom: readonly [between: number, within: number];
    readonly p: number;
  } | null;
  /** The surface's height with the t interval of the mean there. */
  readonly at: (
    x: number,
    y: number,
  ) => { readonly value: number; readonly low: number; readonly high: number };
}

/**
 * The quadratic surface through runs by least squares: value = b0 + b1 x + b2 y + b3 x² + b4 xy + b5 y². Its
 * lack-of-fit test compares the cells' means about the surface with the replicates about their cells' means.
 *
 * @throws Problem `usage` where there are too few levels or runs, or nothing is left to judge the surface by.
 */
export function responseSurface(points: readonly SurfacePoint[], level = 0.95): ResponseSurface {
  const values = points.map(({ value }) => value);
  if (!values.every(Number.isFinite)) throw refusal('a value is not finite');
  const rows = points.map(({ x, y }) => termsAt(x, y));
  const fit = fitLinear(columnsOf(rows), values);
  const degreesOfFreedom = points.length - SURFACE_TERMS.length;
  if (!fit || degreesOfFreedom < 1) {
    throw refusal('it needs at least three levels of each of the two factors, and seven runs');
  }
  const scale = values.reduce((sum, value) => sum + value ** 2, 0);
  if (fit.sumOfSquares <= ROUNDING * scale) throw refusal('the runs lie on it up to rounding');
  const variance = fit.sumOfSquares / degreesOfFreedom;
  const reach = standardErrors(level, degreesOfFreedom);
  const centre = mean(values);
  const total = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return {
    n: points.length,
    rSquared: 1 - fit.sumOfSquares / total,
    degreesOfFreedom,
    lackOfFit: lackOfFit(points, fit, degreesOfFreedom),
    coefficients: SURFACE_TERMS.map((term, place) => {
      const estimate = fit.coefficients[place] ?? NaN;
      const row = fit.inverse[place] ?? [];
      const error = Math.sqrt(variance * row.reduce((sum, entry) => sum + entry ** 2, 0));
      const p = tTail(estimate / error, degreesOfFreedom);
      return { term, estimate, low: estimate - reach * error, high: estimate + reach * error, p };
    }),
    at: (x, y) => {
      const terms = termsAt(x, y);
      const value = terms.reduce((sum, term, place) => sum + term * (fit.coefficients[place] ?? NaN), 0);
      const half = reach * Math.sqrt(variance * leverage(fit, terms));
      return { value, low: value - half, high: value + half };
    },
  };
}

/** Of a sum of squares, what rounding leaves of nothing. */
const ROUNDING = 1e-24;

function refusal(reason: string): Problem {
  return new Problem('usage', `No quadratic surface: ${reason}.`);
}

function termsAt(x: number, y: number): readonly number[] {
  return [1, x, y, x * x, x * y, y * y];
}

function columnsOf(rows: readonly (readonly number[])[]): Float64Array[] {
  return SURFACE_TERMS.map((_, place) => Float64Array.from(rows, (row) => row[place] ?? NaN));
}

/** z' (X'X)^-1 z, the squared length of z' R^-1. */
function leverage({ inverse }: LinearFit, terms: readonly number[]): number {
  return SURFACE_TERMS.reduce((total, _, column) => {
    const entry = terms.reduce((sum, term, row) => sum + term * (inverse[row]?.[column] ?? 0), 0);
    return total + entry ** 2;
  }, 0);
}

function lackOfFit(
  points: readonly SurfacePoint[],
  { sumOfSquares }: LinearFit,
  degreesOfFreedom: number,
): ResponseSurface['lackOfFit'] {
  const cells = [...Map.groupBy(points, ({ x, y }) => `${x} ${y}`).values()];
  const pure = cells.reduce((sum, members) => {
    const centre = mean(members.map(({ value }) => value));
    return sum + members.reduce((squares, { value }) => squares + (value - centre) ** 2, 0);
  }, 0);
  const within = points.length - cells.length;
  const between = degreesOfFreedom - within;
  const scale = points.reduce((sum, { value }) => sum + value ** 2, 0);
  if (within < 1 || between < 1 || pure <= ROUNDING * scale) return null;
  const f = (sumOfSquares - pure) / between / (pure / within);
  return { f, degreesOfFreedom: [between, within], p: fTail(f, between, within) };
}
