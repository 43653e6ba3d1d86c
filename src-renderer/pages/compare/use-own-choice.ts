import { computed, type WritableComputedRef } from 'vue';
import { hashText } from '../../../src-shared/canonical-hash.ts';
import { useList } from '../../components/use-query.ts';
import { useComparedHere } from './use-compared-here.ts';

/**
 * What a section was told to show, by ids, kept in the address; empty where it was told nothing. It holds as long as the selection does
 * under which it was told: what is selected since is shown in every section.
 */
export function useOwnChoice(name: string): WritableComputedRef<readonly string[]> {
  const { selected } = useComparedHere();
  const under = computed(() =>
    selected.value.size === 0 ? '' : hashText([...selected.value].toSorted().join()).slice(0, 8),
  );
  const told = useList(name);
  return computed({
    get: () => (told.value[0] === under.value ? told.value.slice(1) : []),
    set: (ids) => (told.value = ids.length === 0 ? [] : [under.value, ...ids]),
  });
}
