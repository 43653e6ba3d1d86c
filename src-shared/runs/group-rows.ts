import { type TInterval } from '../statistics/interval.ts';
import { seedInterval } from '../statistics/seed-interval.ts';
import { RUN_STATES, type RunState } from '../studies/run-state.ts';
import type { Column, ColumnValue } from './column.ts';
import { rangeOf } from '../metrics/value-kind.ts';
import { isUnasked } from './asked.ts';
import { replicates, type Replicates } from './replicates.ts';
import type { RunIndex } from './run-index.ts';
import { valueKey } from './varying-columns.ts';

/** Runs that agree in the columns by which they are grouped. */
export interface RunGroup extends Replicates {
  /** Tells the group from the others of the same grouping, also after rows have changed. */
  readonly key: string;
  /** One for each column of the grouping. */
  readonly values: readonly ColumnValue[];
  /** Indices of all its runs, in the order that they were given in. */
  readonly rows: readonly number[];
  readonly states: Readonly<Record<RunState, number>>;
  /** How many runs are behind the figures. */
  readonly n: number;
  /** How many of them the file of their study does not ask for. */
  readonly unasked: number;
  /** Distinct cells among them: with more than one, the intervals span configurations as well as seeds. */
  readonly cells: number;
  /** Mean and 95 % t interval by the key of the column; each with the n of the runs that have a value. */
  readonly summaries: ReadonlyMap<string, TInterval>;
}

/** Groups in the order of their first rows. `summarized` are numeric columns. */
export function groupRows(
  index: RunIndex,
  rows: readonly number[],
  by: readonly Column[],
  summarized: readonly Column[],
): RunGroup[] {
  const keyed = by.map((column) => index.values(column));
  const members = Map.groupBy(rows, (row) => JSON.stringify(keyed.map((values) => valueKey(values[row]))));
  return [...members].map(([key, group]) => {
    const account = replicates(index, group);
    const { replicates: counted } = account;
    return {
      ...{ key, rows: group, ...account, n: counted.length },
      values: keyed.map((values) => values[group[0] ?? 0] ?? null),
      states: countStates(index, group),
      unasked: counted.filter((row) => isUnasked(index, row)).length,
      cells: new Set(counted.map((row) => index.rows[row]?.cell)).size,
      summaries: new Map(summarized.map((column) => [column.key, summarize(index, counted, column)])),
    };
  });
}

function summarize(index: RunIndex, rows: readonly number[], column: Column): TInterval {
  const values = index.values(column);
  const counted = rows.flatMap((row) => {
    const [run, value] = [index.rows[row], values[row]];
    return run && typeof value === 'number' && Number.isFinite(value) ? [{ seed: run.seed, value }] : [];
  });
  return seedInterval(counted, firstStageOf(index, rows), rangeOf(column));
}

/** The seeds whose deviation counts alone, of runs of one cell whose seeds a rule adds; runs of several cells have no common rule. */
export function firstStageOf(index: RunIndex, rows: readonly number[]): readonly number[] | undefined {
  const cells = new Set(rows.map((row) => index.cells[row]));
  const [cell] = cells;
  return cells.size === 1 ? cell?.decision?.firstStage : undefined;
}

function countStates(index: RunIndex, rows: readonly number[]): Record<RunState, number> {
  const counts = Object.fromEntries(RUN_STATES.map((state) => [state, 0])) as Record<RunState, number>;
  for (const row of rows) {
    const state = index.rows[row]?.state;
    if (state) counts[state] += 1;
  }
  return counts;
}
