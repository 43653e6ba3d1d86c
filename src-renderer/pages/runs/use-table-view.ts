import { storeToRefs } from 'pinia';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { Column } from '../../../src-shared/runs/column.ts';
import { variableColumns } from '../../../src-shared/runs/factor-columns.ts';
import { queryRuns, type RunQueryResult } from '../../../src-shared/runs/query-runs.ts';
import { resolveColumn } from '../../../src-shared/runs/resolve-column.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { varyingColumns } from '../../../src-shared/runs/varying-columns.ts';
import { useQuery } from '../../components/use-query.ts';
import { useRunTable } from '../../stores/run-table.ts';
import { type ShownFilter, shownFilter } from './shown-filter.ts';
import { isPinned } from './pinned-columns.ts';
import type { TableView } from './table-view.ts';
import { partsOf, VIEW_PARTS, viewOf } from './view-address.ts';

export interface TableState {
  readonly view: Ref<TableView>;
  readonly index: ComputedRef<RunIndex>;
  /** Whether the filter is being typed. */
  readonly isTyped: Ref<boolean>;
  readonly shown: ComputedRef<ShownFilter>;
  /** What the shown part of the filter finds. */
  readonly result: ComputedRef<RunQueryResult>;
  readonly columns: ComputedRef<readonly Column[]>;
}

/** The view of the table, which is in the page's address, so that going back to it, a reload and its link show the same. */
export function useTableView(): TableState {
  const { index } = storeToRefs(useRunTable());
  const { parts, set } = useQuery(VIEW_PARTS);
  const view = ref(viewOf(parts.value));
  watch(view, (now) => set(partsOf(now)), { deep: true });
  watch(parts, (now) => {
    const own = partsOf(view.value);
    if (VIEW_PARTS.some((part) => own[part] !== now[part])) view.value = viewOf(now);
  });

  const isTyped = ref(false);
  const shown = computed(() =>
    shownFilter(
      view.value.filter,
      isTyped.value,
      (filter) => queryRuns(index.value, { filter, sort: [], groupBy: [], summarize: [] }).rows.length > 0,
    ),
  );
  const result = computed(() => {
    const { sort, groupBy, columns } = view.value;
    return queryRuns(index.value, {
      filter: shown.value.text,
      sort: sort.filter(({ column }) => isKnown(column)),
      groupBy: groupBy.filter(isKnown),
      summarize: columns.filter(isKnown),
    });
  });

  const columns = computed(() => {
    const grouped = new Set(view.value.groupBy);
    const chosen = pinnedFirst(
      view.value.columns.filter((key) => !grouped.has(key)).flatMap((key) => resolveColumn(key) ?? []),
    );
    // what the head of a group says of all its runs is not said again; a cell is called by all that varies
    if (!view.value.onlyVarying || grouped.has('cell')) return chosen;
    const known = new Set(chosen.map(({ key }) => key));
    const varying = varyingColumns(index.value, variableColumns(index.value), result.value.rows).filter(
      ({ key }) => !known.has(key) && !grouped.has(key),
    );
    const study = chosen.findIndex(({ key }) => key === 'study') + 1;
    const place = study === 0 ? chosen.filter(isPinned).length : study;
    return [...chosen.slice(0, place), ...varying, ...chosen.slice(place)];
  });

  return { view, index, isTyped, shown, result, columns };
}

/** Those that stay in view come first. */
function pinnedFirst(columns: readonly Column[]): Column[] {
  return [...columns.filter(isPinned), ...columns.filter((column) => !isPinned(column))];
}

/** A saved view may name a column that there was once. */
function isKnown(column: string): boolean {
  return resolveColumn(column) !== null;
}
