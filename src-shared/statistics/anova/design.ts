import { Problem } from '../../mistakes/problem.ts';

/** A value of a factor; null where the factor does not exist, such as a field that only one family of networks has. */
export type Level = string | number | null;

/** One run: its level of each factor, in the order of the factors, its seed, and the value of a metric. */
export interface FactorialRun {
  readonly levels: readonly Level[];
  readonly seed: number;
  readonly value: number;
}

/** A factor as it is given. */
export interface GivenFactor {
  readonly name: string;
  /** Whether the model takes it as a number, along which the metric rises or falls in a straight line. */
  readonly isNumeric?: boolean;
}

export interface Factor {
  readonly name: string;
  readonly isNumeric: boolean;
  /** Where it exists: numbers ascending, then the others in the order of the runs. */
  readonly levels: readonly (string | number)[];
  /** Null where it exists in all runs. */
  readonly nested: Nesting | null;
}

/** A factor exists at some levels of another one only. */
export interface Nesting {
  /** Place of the other among the factors. */
  readonly parent: number;
  readonly levels: readonly Level[];
}

/** A combination of levels that has runs. */
export interface FactorialCell {
  readonly levels: readonly Level[];
  readonly n: number;
}

/** A run by its places among cells and blocks. */
export interface PlacedRun {
  readonly cell: number;
  readonly block: number;
  readonly value: number;
}

export interface FactorialDesign {
  readonly runs: readonly PlacedRun[];
  readonly factors: readonly Factor[];
  readonly cells: readonly FactorialCell[];
  /** Factors that have one level in these runs, and so no effect. */
  readonly constant: readonly { readonly place: number; readonly name: string; readonly level: Level }[];
  /** Whether the seed is a block: unless there is one, or no seed is in two cells, where it would be the run itself. */
  readonly blocked: boolean;
  /** Of the runs. */
  readonly seeds: number;
  /** Seeds where they are blocks, else one. */
  readonly blocks: number;
}

export function refusal(reason: string): Problem {
  return new Problem('usage', `No analysis of variance: ${reason}.`);
}

/**
 * Runs that have a finite value, arranged by cells and blocks.
 *
 * @throws Problem `usage` saying why an analysis of variance is impossible: no factor with two levels, a seed twice in a
 *   cell, a numeric factor with a value that is no number.
 */
export function arrangeRuns(given: readonly FactorialRun[], names: readonly GivenFactor[]): FactorialDesign {
  const finite = given.filter(({ value }) => Number.isFinite(value));
  const columns = names.map((name, place) => arrangeFactor(finite, name, place));
  const varying = columns.filter(({ levels }) => levels.length > 1);
  const constant = columns.flatMap(({ name, levels }, place) =>
    levels.length < 2 ? [{ place, name, level: levels[0] ?? null }] : [],
  );
  if (varying.length === 0) throw refusal('no factor has complete runs at two levels');
  const levelsOf = (run: FactorialRun): Level[] => varying.map((column) => column.levelOf(run));
  const groups = [...Map.groupBy(finite, (run) => JSON.stringify(levelsOf(run))).values()];
  const cells = groups.map((runs) => ({ levels: runs[0] ? levelsOf(runs[0]) : [], n: runs.length }));
  for (const [place, runs] of groups.entries()) requireEachSeedOnce(runs, cells[place]?.levels ?? []);
  const seeds = [...new Set(finite.map(({ seed }) => seed))];
  const blocked = seeds.length > 1 && seeds.length < finite.length;
  const blockOf = new Map(seeds.map((seed, place) => [seed, place]));
  return {
    ...{ cells, constant, blocked, seeds: seeds.length, blocks: blocked ? seeds.length : 1 },
    runs: groups.flatMap((runs, cell) =>
      runs.map(({ seed, value }) => ({ cell, block: blocked ? (blockOf.get(seed) ?? 0) : 0, value })),
    ),
    factors: varying.map(({ name, isNumeric, levels }, place) => ({
      ...{ name, isNumeric, levels },
      nested: nestingOf(cells, varying, place),
    })),
  };
}

interface Column {
  readonly name: string;
  readonly isNumeric: boolean;
  readonly levels: readonly (string | number)[];
  readonly levelOf: (run: FactorialRun) => Level;
}

/** @throws Problem `usage` for a numeric factor with a value that is no number */
function arrangeFactor(
  runs: readonly FactorialRun[],
  { name, isNumeric = false }: GivenFactor,
  place: number,
): Column {
  const levelOf = (run: FactorialRun): Level => run.levels[place] ?? null;
  const levels = [...new Set(runs.map(levelOf))].filter((level) => level !== null);
  const numbers = levels.filter((level) => typeof level === 'number').sort((a, b) => a - b);
  const others = levels.filter((level) => typeof level !== 'number');
  if (isNumeric && others.length > 0)
    throw refusal(`${name} is to be numeric, but has the value ${String(others[0])}`);
  return { name, isNumeric, levels: [...numbers, ...others], levelOf };
}

/** The factor by which this one is there or not, best one that is there in all cells, with the fewest levels; null where it is there in all. */
function nestingOf(
  cells: readonly FactorialCell[],
  columns: readonly Column[],
  place: number,
): Nesting | null {
  if (cells.every(({ levels }) => levels[place] !== null)) return null;
  const isWhole = (of: number): boolean => cells.every(({ levels }) => levels[of] !== null);
  const found = columns.flatMap(({ levels: all, isNumeric }, parent): (Nesting & { of: number })[] => {
    if (parent === place || isNumeric) return [];
    const byLevel = Map.groupBy(cells, ({ levels }) => levels[parent] ?? null);
    const isThere = [...byLevel].map(([level, members]) => ({
      level,
      there: new Set(members.map(({ levels }) => levels[place] !== null)),
    }));
    if (isThere.some(({ there }) => there.size > 1)) return [];
    const levels = isThere.flatMap(({ level, there }) => (there.has(true) ? [level] : []));
    return [{ parent, levels, of: all.length }];
  });
  const [least] = found.sort(
    (one, other) => Number(isWhole(other.parent)) - Number(isWhole(one.parent)) || one.of - other.of,
  );
  return least ? { parent: least.parent, levels: least.levels } : null;
}

function requireEachSeedOnce(runs: readonly FactorialRun[], levels: readonly Level[]): void {
  if (new Set(runs.map(({ seed }) => seed)).size === runs.length) return;
  throw refusal(
    `${cellName(levels)} has several runs with the same seed, e.g. of two studies; choose the runs of one`,
  );
}

/** `0.5 × none`: a cell by its levels. */
export function cellName(levels: readonly Level[]): string {
  return levels.map((level) => level ?? '–').join(' × ');
}
