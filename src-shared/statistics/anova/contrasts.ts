import { equivalenceTest, type EquivalenceTest } from '../equivalence-test.ts';
import { holmAdjusted } from '../holm.ts';
import { standardErrors } from '../standard-errors.ts';
import { fTail, tTail } from '../tail-probability.ts';
import type { Level } from './design.ts';
import { allColumns, type FactorialFit, type Variation } from './fit-factorial.ts';
import type { FTest } from './factorial-anova.ts';
import { type AtLevels, type GridMean, gridMean, gridRow, lengthSquared } from './grid-mean.ts';
import { fitColumns, withinBlocks } from './within-blocks.ts';

/** The mean at some levels of the factors. */
export interface MarginalMean extends GridMean {
  readonly at: AtLevels;
  /** Runs at these levels; of a numeric factor, which is read off a line, all. */
  readonly n: number;
}

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

/** The difference of two levels of a factor: the second less the first. */
export interface LevelDifference extends Contrast {
  readonly factor: number;
  readonly from: Level;
  readonly to: Level;
  /** Adjusted by Holm's method for the differences of the factor. */
  readonly adjustedP: number;
  /** Null without a margin. */
  readonly equivalence: EquivalenceTest | null;
}

/** How the means rise along a factor whose levels are numbers: by how much for one unit, and for one unit squared. */
export interface Trend extends Contrast {
  readonly factor: number;
  readonly degree: 'linear' | 'quadratic';
}

/** The effect of a factor at levels of others. */
export interface SimpleEffect extends Variation {
  readonly factor: number;
  readonly at: AtLevels;
  /** Null where nothing is left to test it against. */
  readonly test: FTest | null;
}

/** Levels of a factor from which on only neighbours are compared. */
const MANY_LEVELS = 8;
/** Values of a numeric factor that are all told. */
const FEW_VALUES = 8;

/** The means at each level of each factor, without those that the runs do not tell. @param at levels of others */
export function marginalMeans(given: FactorialFit, at: AtLevels = new Map()): MarginalMean[] {
  return given.design.factors.flatMap((_, factor) =>
    at.has(factor)
      ? []
      : shownLevels(given, factor).flatMap((level) => meanAt(given, new Map([...at, [factor, level]]))),
  );
}

function meanAt(given: FactorialFit, at: AtLevels): MarginalMean[] {
  const { cells, factors } = given.design;
  const found = gridMean(given, at);
  const isAt = (levels: readonly Level[]): boolean =>
    [...at].every(([place, level]) => factors[place]?.isNumeric === true || levels[place] === level);
  const n = cells.reduce((sum, cell) => sum + (isAt(cell.levels) ? cell.n : 0), 0);
  return found ? [{ ...found, at, n }] : [];
}

/** Of a numeric factor with many values the least, the middle and the greatest. */
function shownLevels({ design }: FactorialFit, factor: number): readonly Level[] {
  const { isNumeric = false, levels = [] } = design.factors[factor] ?? {};
  if (!isNumeric || levels.length <= FEW_VALUES) return levels;
  return [levels[0] ?? null, levels[Math.floor(levels.length / 2)] ?? null, levels.at(-1) ?? null];
}

/** Differences of the marginal means of each factor that is not numeric. @param margin of equivalence */
export function levelDifferences(given: FactorialFit, margin: number | null): LevelDifference[] {
  return given.design.factors.flatMap(({ isNumeric, levels }, factor) => {
    if (isNumeric) return [];
    const pairs = levels.flatMap((from, place) =>
      (levels.length > MANY_LEVELS ? levels.slice(place + 1, place + 2) : levels.slice(place + 1)).map(
        (to) => ({
          from,
          to,
        }),
      ),
    );
    const found = pairs.flatMap(({ from, to }) => {
      const contrast = contrastOf(given, [
        { at: new Map([[factor, to]]), weight: 1 },
        { at: new Map([[factor, from]]), weight: -1 },
      ]);
      return contrast ? [{ from, to, contrast }] : [];
    });
    const adjusted = holmAdjusted(found.map(({ contrast }) => contrast.p));
    return found.map(({ from, to, contrast }, place) => ({
      ...{ ...contrast, factor, from, to, adjustedP: adjusted[place] ?? contrast.p },
      equivalence:
        margin === null ? null : equivalenceTest({ ...contrast, difference: contrast.estimate }, margin),
    }));
  });
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

interface Weighted {
  readonly at: AtLevels;
  readonly weight: number;
}

/** Null where the runs do not tell it, or nothing is left to judge it by. */
function contrastOf(given: FactorialFit, of: readonly Weighted[]): Contrast | null {
  const sum = combined(given, of);
  if (!sum) return null;
  const { estimate, coordinates, isEstimable } = given.fit.project(sum);
  return isEstimable ? tested(estimate, lengthSquared(coordinates), given.residual) : null;
}

/** Of weights that add up to zero, so that the blocks do not matter. */
function combined(given: FactorialFit, of: readonly Weighted[]): Float64Array | null {
  const sum = new Float64Array(given.model.columns);
  for (const { at, weight } of of) {
    const row = gridRow(given, at);
    if (!row) return null;
    for (const [column, value] of row.entries()) sum[column] = (sum[column] ?? 0) + weight * value;
  }
  return sum;
}

function tested(
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
