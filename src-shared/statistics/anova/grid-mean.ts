import { standardErrors } from '../standard-errors.ts';
import type { FactorialDesign, Level } from './design.ts';
import type { FactorialFit, SeedVariation } from './fit-factorial.ts';

/** Levels of some of the factors, by their places. */
export type AtLevels = ReadonlyMap<number, Level>;

/**
 * The row of the model for the mean over all combinations of the levels of the factors that are not given, each weighing the
 * same, with numeric ones at the mean of the runs. A factor that exists at some levels of another only is averaged over these.
 * Null where a given level does not exist beside another.
 */
export function gridRow({ design, model }: FactorialFit, at: AtLevels): Float64Array | null {
  const { factors } = design;
  if (factors.some((_, place) => !isPossible(design, place, at))) return null;
  const codes = factors.map((factor, place) => {
    const given = at.get(place);
    if (given !== undefined) return model.code(place, given);
    const children = factors.flatMap(({ nested }, child) =>
      nested?.parent === place && isGiven(at, child) ? [nested.levels] : [],
    );
    // sums over all levels are zero, as they are where the factor does not exist
    const levels = children.reduce(
      (left, some) => left.filter((level) => some.includes(level)),
      children.length === 0 ? [] : (factor.levels as readonly Level[]),
    );
    return meanOf(
      levels.map((level) => model.code(place, level)),
      model.code(place, null).length,
    );
  });
  return model.row(codes);
}

function isGiven(at: AtLevels, place: number): boolean {
  return (at.get(place) ?? null) !== null;
}

function isPossible({ factors }: FactorialDesign, place: number, at: AtLevels): boolean {
  const nested = factors[place]?.nested;
  const parent = nested ? at.get(nested.parent) : undefined;
  if (!nested || parent === undefined || !at.has(place)) return true;
  return nested.levels.includes(parent) === isGiven(at, place);
}

function meanOf(codes: readonly Float64Array[], width: number): Float64Array {
  return Float64Array.from({ length: width }, (_, at) =>
    codes.length === 0 ? 0 : codes.reduce((sum, code) => sum + (code[at] ?? 0), 0) / codes.length,
  );
}

/** An estimated marginal mean, for seeds like these. */
export interface GridMean {
  readonly mean: number;
  /** Both null where nothing is left to judge it by. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The mean at some levels with its 95 % t interval. Where the seeds are blocks it is for further seeds, too: its variance is that
 * of the mean of their effects, which is estimated from the sums of squares, and that of the residual, with the degrees of
 * freedom of the seeds. Null where the runs do not tell it.
 */
export function gridMean(given: FactorialFit, at: AtLevels): GridMean | null {
  const { equations, fit } = given;
  const row = gridRow(given, at);
  if (!row) return null;
  const { blocks } = equations;
  const count = blocks.length;
  const offset = row.map(
    (value, column) => value - blocks.reduce((sum, block) => sum + (block.row[column] ?? 0), 0) / count,
  );
  const { estimate, coordinates, isEstimable } = fit.project(offset);
  if (!isEstimable) return null;
  const mean = estimate + blocks.reduce((sum, { value }) => sum + value, 0) / count;
  const own = blocks.reduce((sum, { n }) => sum + 1 / n, 0) / count ** 2;
  const half = halfWidth(given, own + lengthSquared(coordinates));
  return { mean, low: half === null ? null : mean - half, high: half === null ? null : mean + half };
}

/**
 * Satterthwaite's degrees of freedom would be more, but with two or three seeds cover 88 to 92 % only.
 *
 * @param factor by which the residual's variance is multiplied
 */
function halfWidth({ residual, seeds, equations }: FactorialFit, factor: number): number | null {
  const degrees = (seeds ?? residual).degreesOfFreedom;
  if (residual.degreesOfFreedom < 1 || degrees < 1) return null;
  const error = residual.sumOfSquares / residual.degreesOfFreedom;
  const between = seeds ? seedVariance(seeds, error) / equations.blocks.length : 0;
  return standardErrors(0.95, degrees) * Math.sqrt(between + factor * error);
}

function seedVariance({ sumOfSquares, degreesOfFreedom, weight }: SeedVariation, error: number): number {
  return Math.max(0, sumOfSquares - degreesOfFreedom * error) / weight;
}

export function lengthSquared(coordinates: Float64Array): number {
  return coordinates.reduce((sum, value) => sum + value ** 2, 0);
}
