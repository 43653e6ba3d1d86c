import type { Column, ColumnValue } from './column.ts';
import type { CellRow, RunRow } from './run-row.ts';

/** All runs, with what is needed to look values up quickly. Made anew when rows change. */
export interface RunIndex {
  /** In the order in which they were added; indices into them name runs in all queries. */
  readonly rows: readonly RunRow[];
  /** The cell of each row; null where it is unknown. */
  readonly cells: readonly (CellRow | null)[];
  /** Names of the classes of data sets, as far as they are known. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
  /** Indices of the runs of a study; grouped at the first call. */
  readonly ofStudy: (study: string) => readonly number[];
  /** The values of a column for all rows; worked out at the first call. */
  readonly values: (column: Column) => readonly ColumnValue[];
  /** Whether any row has a value in a column; worked out at the first call. */
  readonly isFilled: (column: Column) => boolean;
}

/**
 * @param table runs in the order in which they were added, and the cells that they belong to.
 * @param classes names of the classes of their data sets.
 */
export function indexRuns(
  table: { readonly runs: readonly RunRow[]; readonly cells: readonly CellRow[] },
  classes: RunIndex['classes'] = new Map(),
): RunIndex {
  const rows = table.runs;
  const byKey = new Map(table.cells.map((cell) => [`${cell.study}/${cell.id}`, cell]));
  const cells = rows.map((row) => byKey.get(`${row.study}/${row.cell}`) ?? null);
  const values = remembered((column) => rows.map((row, place) => column.value(row, cells[place] ?? null)));
  // most columns tell at their first row, so that the other values are not needed
  const isFilled = remembered((column) =>
    rows.some((row, place) => column.value(row, cells[place] ?? null) !== null),
  );
  let byStudy: ReadonlyMap<string, readonly number[]> | null = null;
  const ofStudy = (study: string): readonly number[] => {
    byStudy ??= Map.groupBy(rows.keys(), (row) => rows[row]?.study ?? '');
    return byStudy.get(study) ?? [];
  };
  return { rows, cells, classes, ofStudy, values, isFilled };
}

/** Works something out once for each column. */
function remembered<Result>(workOut: (column: Column) => Result): (column: Column) => Result {
  const known = new Map<string, Result>();
  return (column) => {
    const before = known.get(column.key);
    if (before !== undefined) return before;
    const result = workOut(column);
    known.set(column.key, result);
    return result;
  };
}
