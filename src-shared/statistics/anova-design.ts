import { Problem } from '../mistakes/problem.ts';

/** One run: its levels of the two factors, its seed, and the value of a metric. */
export interface AnovaObservation {
  readonly row: string;
  readonly column: string;
  readonly seed: number;
  readonly value: number;
}

/** Two factors with their runs. */
export interface AnovaDesign {
  readonly observations: readonly AnovaObservation[];
  /** In the order of their first observations, as are `columns`. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Row by row: the runs of each cell that has any. */
  readonly cells: readonly (readonly AnovaObservation[])[];
  /** Names of the cells without any. */
  readonly empty: readonly string[];
  readonly seeds: readonly number[];
  /** Whether the seed is a block: unless no seed is in two cells, where it would be the run itself. */
  readonly blocked: boolean;
  /** Whether the sums of squares add up to the total. */
  readonly balanced: boolean;
}

/** At most so many are named in a message. */
const MOST_NAMED = 4;

/**
 * @throws Problem `usage` saying why an analysis of variance is impossible: a factor with one level, one run a cell, a
 *   seed twice in a cell.
 */
export function arrangeAnova(given: readonly AnovaObservation[]): AnovaDesign {
  const observations = given.filter(({ value }) => Number.isFinite(value));
  const rows = distinct(observations.map(({ row }) => row));
  const columns = distinct(observations.map(({ column }) => column));
  if (rows.length < 2 || columns.length < 2) {
    throw refusal('each of the two factors needs at least two levels with complete runs');
  }
  const groups = Map.groupBy(observations, ({ row, column }) => cellKey(row, column));
  const places = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const cells = places.flatMap(({ row, column }) => {
    const members = groups.get(cellKey(row, column));
    return members ? [members] : [];
  });
  requireEachSeedOnce(cells);
  if (observations.length === cells.length) {
    throw refusal('one run per cell leaves no residual to compare with; use at least two seeds per cell');
  }
  const seeds = distinct(observations.map(({ seed }) => seed));
  const blocked = seeds.length < observations.length;
  const isEven = cells.length === places.length && new Set(cells.map(({ length }) => length)).size === 1;
  return {
    ...{ observations, rows, columns, cells, seeds, blocked },
    empty: places
      .filter(({ row, column }) => !groups.has(cellKey(row, column)))
      .map(({ row, column }) => `${row} × ${column}`),
    balanced: isEven && (!blocked || cells[0]?.length === seeds.length),
  };
}

function requireEachSeedOnce(cells: readonly (readonly AnovaObservation[])[]): void {
  const repeated = cells.find((runs) => new Set(runs.map(({ seed }) => seed)).size < runs.length);
  if (!repeated?.[0]) return;
  const { row, column } = repeated[0];
  throw refusal(
    `${row} × ${column} has several runs with the same seed, e.g. because a third factor varies; keep that factor at one value`,
  );
}

/** Of many names the first few, and how many there are besides. */
export function someOf(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `${names.slice(0, MOST_NAMED).join(', ')}${more}`;
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
