import { computed, type ComputedRef, watch } from 'vue';
import { useList } from '../components/use-query.ts';
import { useSelection } from '../stores/selection.ts';

/** Of more runs an address would be longer than some programs take: in a link their number stays the reader's own selection. */
export const MOST_IN_ADDRESS = 100;

/**
 * The selected ones of the runs that a page shows. They stand in its address, so that its link selects the same; of none or all it says
 * nothing.
 */
export function useSelectedRuns(runs: () => readonly string[]): ComputedRef<ReadonlySet<string>> {
  const selection = useSelection();
  const inAddress = useList('selected');
  const selected = computed(() => new Set(runs().filter(selection.isSelected)));
  const note = (now: ReadonlySet<string>): void => {
    const isTold = now.size < runs().length && now.size <= MOST_IN_ADDRESS;
    const told = isTold ? [...now] : [];
    if (told.join() !== inAddress.value.join()) inAddress.value = told;
  };
  if (inAddress.value.length > 0) selection.only(inAddress.value);
  else note(selected.value);
  watch(selected, note);
  return selected;
}
