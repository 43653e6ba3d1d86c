import type { Column, ColumnValue } from './column.ts';
import { isNumeric } from '../metrics/value-kind.ts';
import { compileFilter } from './filter/compile-filter.ts';
import { parseFilter } from './filter/parse-filter.ts';
import { groupRows, type RunGroup } from './group-rows.ts';
import { requireColumn } from './resolve-column.ts';
import type { RunIndex } from './run-index.ts';
import { sortPlaces } from './sort-places.ts';

/** What the table of runs shows and in which order; columns by key or by a name that the filter understands. */
export interface RunQuery {
  readonly filter: string;
  /** The first counts most. Without one, runs stand in the order in which they were added. */
  readonly sort: readonly { readonly column: string; readonly descending: boolean }[];
  readonly groupBy: readonly string[];
  /** Columns whose mean and interval are wanted for each group; those without numbers are passed over. */
  readonly summarize: readonly string[];
}

export interface RunQueryResult {
  /** Indices of the runs that pass the filter, in order. */
  readonly rows: readonly number[];
  /** Empty without `groupBy`. */
  readonly groups: readonly RunGroup[];
}

/**
 * Filters, sorts and groups the table. Groups are ordered by the sort as well: a column of the grouping by its value,
 * a number by its mean over the group, another one by the group's first run; without a sort by what they share.
 *
 * @throws Problem `usage` for a filter or a column that is not understood (FilterProblem with the place).
 */
export function queryRuns(index: RunIndex, query: RunQuery): RunQueryResult {
  const passes = compileFilter(parseFilter(query.filter), index);
  const orders = query.sort.map(({ column, descending }) => ({ column: requireColumn(column), descending }));
  const found = Array.from(index.rows.keys()).filter(passes);
  const keys = orders.map(({ column, descending }) => ({
    kind: column.kind,
    descending,
    values: index.values(column),
  }));
  const rows = keys.length > 0 ? sortPlaces(found, keys) : found;
  const by = query.groupBy.map(requireColumn);
  if (by.length === 0) return { rows, groups: [] };
  const summarized = query.summarize.map(requireColumn);
  const wanted = [...summarized, ...orders.map(({ column }) => column)].filter(({ kind }) => isNumeric(kind));
  const groups = groupRows(index, rows, by, [...new Set(wanted)]);
  return { rows, groups: sortGroups(index, groups, by, orders) };
}

interface ColumnOrder {
  readonly column: Column;
  readonly descending: boolean;
}

function sortGroups(
  index: RunIndex,
  groups: readonly RunGroup[],
  by: readonly Column[],
  orders: readonly ColumnOrder[],
): RunGroup[] {
  // a cell's id is a hash: its groups stand in the order of their first runs
  const shared = by.filter(({ key }) => key !== 'cell').map((column) => ({ column, descending: false }));
  const sorted = orders.length > 0 ? orders : shared;
  const keys = sorted.map(({ column, descending }) => {
    const place = by.findIndex(({ key }) => key === column.key);
    const values = groups.map((group) => groupValue(index, group, column, place));
    return { kind: column.kind, descending, values };
  });
  return sortPlaces(Array.from(groups.keys()), keys).flatMap((place) => groups[place] ?? []);
}

/** `place` is that of the column in the grouping, negative for a column outside it. */
function groupValue(index: RunIndex, group: RunGroup, column: Column, place: number): ColumnValue {
  if (place >= 0) return group.values[place] ?? null;
  const summary = group.summaries.get(column.key);
  return summary ? summary.mean : (index.values(column)[group.rows[0] ?? -1] ?? null);
}
