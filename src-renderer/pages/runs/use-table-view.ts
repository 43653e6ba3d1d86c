import { storeToRefs } from 'pinia';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { Column } from '../../../src-shared/runs/column.ts';
import { queryRuns, type RunQueryResult } from '../../../src-shared/runs/query-runs.ts';
import { resolveColumn } from '../../../src-shared/runs/resolve-column.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { settingColumns } from '../../../src-shared/runs/setting-columns.ts';
import { varyingColumns } from '../../../src-shared/runs/varying-columns.ts';
import { messageOf } from '../../connection/request.ts';
import { useRunTable } from '../../stores/run-table.ts';
import { DEFAULT_VIEW, tableViewSchema, type TableView } from './table-view.ts';

const STORAGE = 'runs view';

export interface TableState {
  readonly view: Ref<TableView>;
  readonly index: ComputedRef<RunIndex>;
  /** What the last filter that could be read finds. */
  readonly result: ComputedRef<RunQueryResult>;
  /** What is wrong with the filter as it stands; empty where nothing is. */
  readonly mistake: ComputedRef<string>;
  readonly columns: ComputedRef<readonly Column[]>;
}

/** The view of the table: kept over a reload, with the filter in the page's address so that it can be linked to. */
export function useTableView(): TableState {
  const route = useRoute();
  const router = useRouter();
  const { index } = storeToRefs(useRunTable());
  const view = ref<TableView>(restore());
  if (typeof route.query['filter'] === 'string') view.value.filter = route.query['filter'];
  watch(
    view,
    (now) => {
      sessionStorage.setItem(STORAGE, JSON.stringify(now));
      void router.replace({ path: '/runs', query: now.filter === '' ? {} : { filter: now.filter } });
    },
    { deep: true },
  );

  let last: RunQueryResult = { rows: [], groups: [] };
  const answer = computed(() => {
    const { filter, sort, groupBy, columns } = view.value;
    try {
      last = queryRuns(index.value, { filter, sort, groupBy, summarize: columns });
      return { result: last, mistake: '' };
    } catch (error) {
      return { result: withoutGone(last, index.value), mistake: messageOf(error) };
    }
  });
  const result = computed(() => answer.value.result);
  const mistake = computed(() => answer.value.mistake);

  const columns = computed(() => {
    const chosen = view.value.columns.flatMap((key) => resolveColumn(key) ?? []);
    if (!view.value.onlyVarying) return chosen;
    const known = new Set(chosen.map(({ key }) => key));
    const grouped = new Set(view.value.groupBy);
    const varying = varyingColumns(index.value, settingColumns, result.value.rows).filter(
      ({ key }) => !known.has(key) && !grouped.has(key),
    );
    const place = chosen.findIndex(({ key }) => key === 'study') + 1;
    return [...chosen.slice(0, place), ...varying, ...chosen.slice(place)];
  });

  return { view, index, result, mistake, columns };
}

function restore(): TableView {
  try {
    const kept = tableViewSchema.safeParse(JSON.parse(sessionStorage.getItem(STORAGE) ?? '{}'));
    return kept.success ? kept.data : structuredClone(DEFAULT_VIEW);
  } catch {
    return structuredClone(DEFAULT_VIEW);
  }
}

/** While a filter is being typed the former rows stay; those that are no longer there must not be looked up. */
function withoutGone({ rows }: RunQueryResult, { rows: present }: RunIndex): RunQueryResult {
  return { rows: rows.filter((row) => row < present.length), groups: [] };
}
