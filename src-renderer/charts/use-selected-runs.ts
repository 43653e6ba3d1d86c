import { computed, type ComputedRef, ref, watch } from 'vue';
import { readFilter } from '../../src-shared/runs/filter/read-filter.ts';
import { queryRuns } from '../../src-shared/runs/query-runs.ts';
import { isSameSet } from '../components/is-same-set.ts';
import { useList, useText } from '../components/use-query.ts';
import { useRunTable } from '../stores/run-table.ts';
import { useSelection } from '../stores/selection.ts';
import { selectionFilter } from './selection-filter.ts';

/** Of more runs an address has a filter that finds them, where there is one. */
export const MOST_IN_ADDRESS = 100;

/**
 * The selected ones of the runs that a page shows. They stand in its address, many of them by a filter, so that its link selects the
 * same; of none or all it says nothing.
 */
export function useSelectedRuns(runs: () => readonly string[]): ComputedRef<ReadonlySet<string>> {
  const selection = useSelection();
  const table = useRunTable();
  const foundBy = useFoundRuns();
  const listed = useList('selected');
  const filter = useText('selected-where');
  const selected = computed(() => new Set(runs().filter(selection.isSelected)));

  function isFound(now: ReadonlySet<string>): boolean {
    return isSameSet(now, new Set(foundBy(filter.value, runs())));
  }
  function note(now: ReadonlySet<string>): void {
    const isPart = now.size > 0 && now.size < runs().length;
    const few = isPart && now.size <= MOST_IN_ADDRESS ? [...now] : [];
    if (few.join() !== listed.value.join()) listed.value = few;
    if (!isPart || few.length > 0) filter.value = '';
    else if (!isFound(now))
      filter.value =
        selectionFilter(
          now,
          runs().flatMap((id) => table.byId(id) ?? []),
        ) ?? '';
  }
  if (listed.value.length > 0) selection.only(listed.value);
  /** A filter finds nothing before the runs are there. */
  const isAwaited = ref(listed.value.length === 0 && filter.value !== '');
  watch(
    [selected, () => table.pending],
    ([now, isPending]) => {
      if (isPending) return;
      if (!isAwaited.value) return note(now);
      isAwaited.value = false;
      selection.only(foundBy(filter.value, runs()));
    },
    { immediate: true },
  );
  // another view of the page is opened: what is noted here is selected already
  watch([listed, filter], ([ids, words]) => {
    if (isAwaited.value || table.pending) return;
    const wanted = ids.length > 0 ? ids : foundBy(words, runs());
    if (wanted.length === 0) note(selected.value);
    else if (!isSameSet(selected.value, new Set(wanted))) selection.only(wanted);
  });
  return selected;
}

/** Which of some runs a filter finds; none by one that cannot be read. */
export function useFoundRuns(): (filter: string, runs: readonly string[]) => readonly string[] {
  const table = useRunTable();
  return (filter, runs) => {
    if (filter === '' || readFilter(filter).problem !== null) return [];
    const { index } = table;
    const { rows } = queryRuns(index, { filter, sort: [], groupBy: [], summarize: [] });
    const found = new Set(rows.map((row) => index.rows[row]?.id));
    return runs.filter((id) => found.has(id));
  };
}
