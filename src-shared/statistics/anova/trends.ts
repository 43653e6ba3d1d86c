import { type Contrast, contrastOf, tested } from './contrast.ts';
import { allColumns, type FactorialFit } from './fit-factorial.ts';
import { lengthSquared } from './grid-mean.ts';
import { fitColumns, withinBlocks } from './within-blocks.ts';

/** By their degree. */
const DEGREES = ['linear', 'quadratic', 'cubic'] as const;

/** How the means rise along a factor whose levels are numbers: by how much for one unit, one unit squared, one unit cubed. */
export interface Trend extends Contrast {
  readonly factor: number;
  readonly degree: (typeof DEGREES)[number];
}

/** Along each factor whose levels are all numbers: of each degree what it adds to the lower ones. */
export function trends(given: FactorialFit): Trend[] {
  return given.design.factors.flatMap(({ isNumeric, levels }, factor) => {
    const numbers = levels.filter((level) => typeof level === 'number');
    if (numbers.length < levels.length) return [];
    return DEGREES.slice(0, numbers.length - 1).flatMap((degree, place) => {
      const contrast = isNumeric
        ? fittedTrend(given, factor, place + 1)
        : polynomialTrend(given, factor, numbers, place + 1);
      return contrast ? [{ ...contrast, factor, degree }] : [];
    });
  });
}

/** Of the highest power in the polynomial that is nearest to the means of the levels. */
function polynomialTrend(
  given: FactorialFit,
  factor: number,
  levels: readonly number[],
  degree: number,
): Contrast | null {
  const centre = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  const powers = Array.from({ length: degree + 1 }, (_, power) =>
    levels.map((level) => (level - centre) ** power),
  );
  const bases = powers.reduce(
    (before: readonly number[][], power) => [...before, before.reduce(without, power)],
    [],
  );
  const top = bases[degree] ?? [];
  const squares = product(top, top);
  return contrastOf(
    given,
    levels.map((level, place) => ({ at: new Map([[factor, level]]), weight: (top[place] ?? 0) / squares })),
  );
}

function product(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0);
}

/** What of a vector is not along another. */
function without(vector: readonly number[], other: readonly number[]): number[] {
  const share = product(vector, other) / product(other, other);
  return vector.map((value, place) => value - share * (other[place] ?? 0));
}

/** The slope of the model, or what the highest power of the factor adds to the model with the lower ones. */
function fittedTrend(given: FactorialFit, factor: number, degree: number): Contrast | null {
  const { model, design, residual } = given;
  const main = model.terms.find(({ factors }) => factors.length === 1 && factors[0] === factor);
  const line = main?.columns[0];
  if (line === undefined) return null;
  const rows = design.cells.map(({ levels }) => {
    const codes = levels.map((level, place) => model.code(place, level));
    const powers = Array.from({ length: degree - 1 }, (_, at) => (codes[factor]?.[0] ?? 0) ** (at + 2));
    return Float64Array.of(...model.row(codes), ...powers);
  });
  const equations = withinBlocks(
    rows,
    design.runs.map(({ cell, block, value }) => ({ row: cell, block, value })),
  );
  const added = Array.from({ length: degree - 1 }, (_, at) => model.columns + at);
  const fit = fitColumns(equations, [...allColumns(model), ...added]);
  const weights = new Float64Array(model.columns + added.length);
  weights[added.at(-1) ?? line] = model.unit(factor) ** -degree;
  const { estimate, coordinates, isEstimable } = fit.project(weights);
  if (!isEstimable) return null;
  return tested(estimate, lengthSquared(coordinates), {
    sumOfSquares: residual.sumOfSquares - fit.explained(added),
    degreesOfFreedom: residual.degreesOfFreedom - fit.rankOf(added),
  });
}
