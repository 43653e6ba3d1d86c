import { useLocalStorage } from '@vueuse/core';
import { computed, ref, type WritableComputedRef } from 'vue';
import { useList } from './use-query.ts';

/**
 * Whether a panel is open. Those that are closed are in the page's address, so that its link shows the same; a page that is begun
 * has them as this browser had them last.
 *
 * @param name of the panel, the same wherever it is; empty for one that is open wherever a page begins
 */
export function useOpenPanel(name: string): WritableComputedRef<boolean> {
  if (name === '') {
    const open = ref(true);
    return computed({ get: () => open.value, set: (now) => void (open.value = now) });
  }
  const habit = useLocalStorage(`panel ${name}`, 'open', { writeDefaults: false });
  const key = name.replaceAll(' ', '-');
  const closed = useList('closed');
  const open = computed({
    get: () => !closed.value.includes(key),
    set(now) {
      habit.value = now ? 'open' : 'closed';
      note(now);
    },
  });
  function note(now: boolean): void {
    const others = closed.value.filter((other) => other !== key);
    closed.value = now ? others : [...others, key];
  }
  if (habit.value === 'closed' && open.value) note(false);
  return open;
}
