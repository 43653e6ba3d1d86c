import { whole } from '../../numbers.ts';
import type { Factor, FactorialDesign, Level } from './design.ts';
import { refusal } from './design.ts';

/** A main effect (one factor) or an interaction. */
export interface Term {
  /** Places among the factors of the design, rising. */
  readonly factors: readonly number[];
  /** Of the model's columns its own: as many as its degrees of freedom where every combination has runs. */
  readonly columns: readonly number[];
}

export interface FactorialModel {
  readonly terms: readonly Term[];
  /** Pairs of factors that are in no cell together, or of which one exists at a single level of the other. */
  readonly apart: readonly (readonly [number, number])[];
  readonly columns: number;
  /** What a level is in the columns of its factor alone. */
  readonly code: (factor: number, level: Level) => Float64Array;
  /** One of the model's rows, from the codes of all factors. */
  readonly row: (codes: readonly Float64Array[]) => Float64Array;
  /** Slope of the metric along a numeric factor, in the units of its code: its standard deviation. */
  readonly unit: (factor: number) => number;
}

/** More multiplications take more than about two seconds. */
const MOST_WORK = 1.5e9;

/**
 * The linear model of all main effects and of the interactions up to an order. Levels are coded by sums (the last is minus
 * one in all columns), so that each column averages to zero over the levels: a mean over the levels of a factor leaves its
 * columns out, and sums of squares of type III are those of main effects at such means. Numeric factors are one column,
 * centred at the mean of the runs. Where a factor does not exist, its columns are zero.
 *
 * @throws Problem `usage` for a model of too many columns
 */
export function factorialModel({ factors, cells }: FactorialDesign, order: number): FactorialModel {
  const codes = factors.map((factor, place) =>
    factor.isNumeric ? numericCode(cells, place) : levelCode(factor),
  );
  const apart = apartPairs(factors);
  const groups = subsets(factors.length, order).filter(
    (group) => !apart.some(([one, other]) => group.includes(one) && group.includes(other)),
  );
  let columns = 0;
  const terms = groups.map((group): Term => {
    const width = group.reduce((product, place) => product * (codes[place]?.width ?? 0), 1);
    const first = columns;
    columns += width;
    return { factors: group, columns: Array.from({ length: width }, (_, at) => first + at) };
  });
  requireFeasible(factors, { columns, terms: terms.length, cells: cells.length });
  return {
    ...{ terms, apart, columns },
    code: (place, level) => codes[place]?.of(level) ?? new Float64Array(),
    unit: (place) => codes[place]?.unit ?? NaN,
    row: (given) => {
      const row = new Float64Array(columns);
      for (const { factors: group, columns: own } of terms)
        row.set(product(group.map((place) => given[place] ?? new Float64Array())), own[0] ?? 0);
      return row;
    },
  };
}

interface Code {
  readonly width: number;
  readonly unit: number;
  readonly of: (level: Level) => Float64Array;
}

function levelCode({ levels }: Factor): Code {
  const width = levels.length - 1;
  const places = new Map<Level, number>(levels.map((level, place) => [level, place]));
  return {
    ...{ width, unit: NaN },
    of: (level) => {
      const place = places.get(level);
      if (place === width) return new Float64Array(width).fill(-1);
      return Float64Array.from({ length: width }, (_, at) => Number(at === place));
    },
  };
}

function numericCode(cells: FactorialDesign['cells'], place: number): Code {
  const values = cells.flatMap(({ levels, n }) => {
    const value = levels[place];
    return typeof value === 'number' ? [{ value, n }] : [];
  });
  const n = values.reduce((sum, each) => sum + each.n, 0);
  const centre = values.reduce((sum, each) => sum + each.n * each.value, 0) / n;
  const unit = Math.sqrt(values.reduce((sum, each) => sum + each.n * (each.value - centre) ** 2, 0) / n);
  return {
    ...{ width: 1, unit },
    of: (level) => Float64Array.of(typeof level === 'number' ? (level - centre) / unit : 0),
  };
}

/** All products of one number of each. */
function product(codes: readonly Float64Array[]): Float64Array {
  return codes.reduce(
    (all, code) =>
      Float64Array.from({ length: all.length * code.length }, (_, at) => {
        const inner = at % code.length;
        return (all[(at - inner) / code.length] ?? 0) * (code[inner] ?? 0);
      }),
    Float64Array.of(1),
  );
}

/** All groups of up to so many of the first numbers, the smaller ones first. */
function subsets(count: number, most: number): number[][] {
  let groups: number[][] = [[]];
  const all: number[][] = [];
  for (let size = 1; size <= Math.min(most, count); size++) {
    groups = groups.flatMap((group) =>
      Array.from({ length: count }, (_, place) => place)
        .filter((place) => place > (group.at(-1) ?? -1))
        .map((place) => [...group, place]),
    );
    all.push(...groups);
  }
  return all;
}

function apartPairs(factors: readonly Factor[]): [number, number][] {
  return subsets(factors.length, 2).flatMap((group): [number, number][] => {
    const [one = 0, other] = group;
    if (other === undefined) return [];
    const [a, b] = [factors[one]?.nested, factors[other]?.nested];
    const isWithin =
      (a?.parent === other && a.levels.length < 2) || (b?.parent === one && b.levels.length < 2);
    const isApart = a && b && a.parent === b.parent && !a.levels.some((level) => b.levels.includes(level));
    return isWithin || isApart ? [[one, other]] : [];
  });
}

function requireFeasible(
  factors: readonly Factor[],
  { columns, terms, cells }: { readonly columns: number; readonly terms: number; readonly cells: number },
): void {
  if (cells * columns ** 2 + (terms * columns ** 3) / 6 <= MOST_WORK) return;
  const [most] = factors
    .filter(({ isNumeric }) => !isNumeric)
    .toSorted((one, other) => other.levels.length - one.levels.length);
  const advice = most ? `, or take ${most.name} (${most.levels.length} values) as numeric` : '';
  throw refusal(
    `effects and interactions of ${factors.length} factors have ${whole(columns)} coefficients, which is too many; lower the order of the interactions${advice}`,
  );
}
