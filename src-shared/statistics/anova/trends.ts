import { type Contrast, contrastOf, tested } from './contrast.ts';
import { allColumns, type FactorialFit } from './fit-factorial.ts';
import { lengthSquared } from './grid-mean.ts';
import { fitColumns, withinBlocks } from './within-blocks.ts';

/** How the means rise along a factor whose levels are numbers: by how much for one unit, and for one unit squared. */
export interface Trend extends Contrast {
  readonly factor: number;
  readonly degree: 'linear' | 'quadratic';
}

/** Along each factor whose levels are all numbers. */
export function trends(given: FactorialFit): Trend[] {
  return given.design.factors.flatMap(({ isNumeric, levels }, factor) => {
    const numbers = levels.filter((level) => typeof level === 'number');
    if (numbers.length < levels.length) return [];
    const found = isNumeric ? fittedTrends(given, factor) : polynomialTrends(given, factor, numbers);
    return found.map(({ degree, contrast }) => ({ ...contrast, factor, degree }));
  });
}

interface FoundTrend {
  readonly degree: Trend['degree'];
  readonly contrast: Contrast;
}

/** Of the straight line, and of the parabola, that are nearest to the means of the levels. */
function polynomialTrends(given: FactorialFit, factor: number, levels: readonly number[]): FoundTrend[] {
  const centre = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  const line = levels.map((level) => level - centre);
  const square = line.map((value) => value ** 2);
  const bend = without(
    without(
      square,
      levels.map(() => 1),
    ),
    line,
  );
  const degrees = [
    { degree: 'linear' as const, of: line },
    { degree: 'quadratic' as const, of: bend },
  ];
  return degrees.slice(0, levels.length - 1).flatMap(({ degree, of }) => {
    const squares = product(of, of);
    const contrast = contrastOf(
      given,
      levels.map((level, place) => ({ at: new Map([[factor, level]]), weight: (of[place] ?? 0) / squares })),
    );
    return contrast ? [{ degree, contrast }] : [];
  });
}

function product(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0);
}

/** What of a vector is not along another. */
function without(vector: readonly number[], other: readonly number[]): number[] {
  const share = product(vector, other) / product(other, other);
  return vector.map((value, place) => value - share * (other[place] ?? 0));
}

/** The slope of the model, and what the square of the factor adds to it. */
function fittedTrends(given: FactorialFit, factor: number): FoundTrend[] {
  const { model, design, residual } = given;
  const main = model.terms.find(({ factors }) => factors.length === 1 && factors[0] === factor);
  const column = main?.columns[0];
  if (column === undefined) return [];
  const unit = model.unit(factor);
  const weights = new Float64Array(model.columns);
  weights[column] = 1 / unit;
  const { estimate, coordinates, isEstimable } = given.fit.project(weights);
  const line = isEstimable ? tested(estimate, lengthSquared(coordinates), residual) : null;
  const rows = design.cells.map(({ levels }) => {
    const codes = levels.map((level, place) => model.code(place, level));
    return Float64Array.of(...model.row(codes), (codes[factor]?.[0] ?? 0) ** 2);
  });
  const equations = withinBlocks(
    rows,
    design.runs.map(({ cell, block, value }) => ({ row: cell, block, value })),
  );
  const fit = fitColumns(equations, [...allColumns(model), model.columns]);
  const bend = fit.project(
    Float64Array.from({ length: model.columns + 1 }, (_, at) => (at === model.columns ? unit ** -2 : 0)),
  );
  const left = {
    sumOfSquares: residual.sumOfSquares - fit.explained([model.columns]),
    degreesOfFreedom: residual.degreesOfFreedom - 1,
  };
  const curve = bend.isEstimable ? tested(bend.estimate, lengthSquared(bend.coordinates), left) : null;
  return [
    ...(line ? [{ degree: 'linear' as const, contrast: line }] : []),
    ...(curve ? [{ degree: 'quadratic' as const, contrast: curve }] : []),
  ];
}
