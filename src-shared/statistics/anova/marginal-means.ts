import type { Level } from './design.ts';
import type { FactorialFit } from './fit-factorial.ts';
import { type AtLevels, type GridMean, gridMean } from './grid-mean.ts';

/** The mean at some levels of the factors. */
export interface MarginalMean extends GridMean {
  readonly at: AtLevels;
  /** Runs at these levels; of a numeric factor, which is read off a line, all. */
  readonly n: number;
}

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

/** Combinations of two factors from which on their means are not told. */
const MANY_COMBINATIONS = 100;

/** The means at each combination of two factors, for each pair whose interaction is in the model. */
export interface PairMeans {
  /** Places of both. */
  readonly factors: readonly [one: number, other: number];
  /** Without those that the runs do not tell. */
  readonly means: readonly MarginalMean[];
  /** Combinations that the runs do not tell. */
  readonly untold: readonly (readonly [one: Level, other: Level])[];
  /** Of all combinations; where there are many, none is told. */
  readonly combinations: number;
}

export function pairMeans(given: FactorialFit): PairMeans[] {
  return given.model.terms.flatMap(({ factors: [one, other, ...more] }): PairMeans[] => {
    if (one === undefined || other === undefined || more.length > 0) return [];
    const levels = shownLevels(given, other);
    const pairs = shownLevels(given, one).flatMap((first) =>
      levels.map((second): [Level, Level] => [first, second]),
    );
    const found = (pairs.length > MANY_COMBINATIONS ? [] : pairs).map((pair) => ({
      pair,
      means: meanAt(
        given,
        new Map([
          [one, pair[0]],
          [other, pair[1]],
        ]),
      ),
    }));
    return [
      {
        ...{ factors: [one, other], combinations: pairs.length, means: found.flatMap(({ means }) => means) },
        untold: found.flatMap(({ pair, means }) => (means.length === 0 ? [pair] : [])),
      },
    ];
  });
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
