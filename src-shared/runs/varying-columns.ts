import type { Column } from './column.ts';
import type { RunIndex } from './run-index.ts';

/** Those of `columns` whose values differ among the rows with these indices. */
export function varyingColumns(
  index: RunIndex,
  columns: readonly Column[],
  rows: readonly number[],
): Column[] {
  return columns.filter((column) => {
    const values = index.values(column);
    const first = valueKey(values[rows[0] ?? 0]);
    return rows.some((row) => valueKey(values[row]) !== first);
  });
}

/** Equal for values that are equal, lists by their entries. */
export function valueKey(value: unknown): unknown {
  return Array.isArray(value) ? JSON.stringify(value) : (value ?? null);
}
