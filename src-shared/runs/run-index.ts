import type { Column, ColumnValue } from './column.ts';
import type { CellRow, RunRow } from './run-row.ts';

/** All runs, with what is needed to look values up quickly. Made anew when rows change. */
export interface RunIndex {
  /** In the order in which they were added; indices into them name runs in all queries. */
  readonly rows: readonly RunRow[];
  readonly cellOf: (row: RunRow) => CellRow | null;
  /** The values of a column for all rows; worked out at the first call. */
  readonly values: (column: Column) => readonly ColumnValue[];
}

/** @param table runs in the order in which they were added, and the cells that they belong to. */
export function indexRuns(table: {
  readonly runs: readonly RunRow[];
  readonly cells: readonly CellRow[];
}): RunIndex {
  const rows = table.runs;
  const cells = new Map(table.cells.map((cell) => [`${cell.study}/${cell.id}`, cell]));
  const cellOf = (row: RunRow): CellRow | null => cells.get(`${row.study}/${row.cell}`) ?? null;
  const known = new Map<string, readonly ColumnValue[]>();
  const values = (column: Column): readonly ColumnValue[] => {
    const before = known.get(column.key);
    if (before) return before;
    const worked = rows.map((row) => column.value(row, cellOf(row)));
    known.set(column.key, worked);
    return worked;
  };
  return { rows, cellOf, values };
}
