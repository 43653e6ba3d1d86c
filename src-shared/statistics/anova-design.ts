import { Problem } from '../contract/problem.ts';
import { mean } from './interval.ts';

/** One run: its levels of the two factors, its seed, and the value of a metric. */
export interface AnovaObservation {
  readonly row: string;
  readonly column: string;
  readonly seed: number;
  readonly value: number;
}

export interface AnovaCell {
  readonly row: string;
  readonly column: string;
  readonly n: number;
  readonly mean: number;
}

/** Observations in a table of cells, none of them empty. */
export interface AnovaDesign {
  readonly observations: readonly AnovaObservation[];
  /** In the order of their first observations, as are `columns`. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Row by row. */
  readonly cells: readonly (readonly AnovaCell[])[];
  readonly seeds: readonly number[];
  /** Whether every cell has every seed, so that the seed is a block. */
  readonly blocked: boolean;
  /** Whether all cells have the same number of runs. */
  readonly balanced: boolean;
}

/** At most so many cells or levels are named in a message. */
const MOST_NAMED = 4;

/**
 * @throws Problem `usage` saying why an analysis of variance is impossible: a factor with one level, an empty cell, one
 *   run a cell, a seed twice in a cell.
 */
export function arrangeAnova(given: readonly AnovaObservation[]): AnovaDesign {
  const observations = given.filter(({ value }) => Number.isFinite(value));
  const rows = distinct(observations.map(({ row }) => row));
  const columns = distinct(observations.map(({ column }) => column));
  if (rows.length < 2 || columns.length < 2) {
    throw refusal('each of the two factors needs at least two levels with complete runs');
  }
  const groups = Map.groupBy(observations, ({ row, column }) => cellKey(row, column));
  const cells = rows.map((row) =>
    columns.map((column) => {
      const members = groups.get(cellKey(row, column)) ?? [];
      return { row, column, n: members.length, mean: mean(members.map(({ value }) => value)) };
    }),
  );
  requireNoEmptyCell(cells.flat());
  const seeds = distinct(observations.map(({ seed }) => seed));
  const repeated = [...groups.values()].find(
    (members) => new Set(members.map(({ seed }) => seed)).size < members.length,
  );
  if (repeated?.[0]) {
    const { row, column } = repeated[0];
    throw refusal(
      `${row} × ${column} has several runs with one seed, as where a third factor varies; hold it at one value`,
    );
  }
  if (observations.length === rows.length * columns.length) {
    throw refusal(
      'one run a cell leaves no error to compare an interaction with; add seeds, two a cell at least',
    );
  }
  const counts = new Set(cells.flat().map(({ n }) => n));
  const balanced = counts.size === 1;
  return {
    observations,
    rows,
    columns,
    cells,
    seeds,
    blocked: balanced && counts.has(seeds.length),
    balanced,
  };
}

function requireNoEmptyCell(cells: readonly AnovaCell[]): void {
  const empty = cells.filter(({ n }) => n === 0).map(({ row, column }) => `${row} × ${column}`);
  if (empty.length === 0) return;
  const more = empty.length > MOST_NAMED ? ` and ${empty.length - MOST_NAMED} more` : '';
  const named = empty.slice(0, MOST_NAMED).join(', ');
  throw refusal(`no complete run for ${named}${more}; run what is missing, or leave the level out`);
}

export function refusal(reason: string): Problem {
  return new Problem('usage', `No analysis of variance: ${reason}.`);
}

function cellKey(row: string, column: string): string {
  return JSON.stringify([row, column]);
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
