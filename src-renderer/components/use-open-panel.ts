import { useLocalStorage } from '@vueuse/core';
import { computed, ref, type WritableComputedRef } from 'vue';
import { useList } from './use-query.ts';

/**
 * Whether a panel is open. Those that are not as they are at first are in the page's address, so that its link shows the same; a page that is
 * begun has them as this browser had them last.
 *
 * @param name of the panel, the same wherever it is; empty for one that is as at first wherever a page begins
 * @param isOpenAtFirst where this browser has not had it yet
 */
export function useOpenPanel(name: string, isOpenAtFirst = true): WritableComputedRef<boolean> {
  if (name === '') {
    const open = ref(isOpenAtFirst);
    return computed({ get: () => open.value, set: (now) => void (open.value = now) });
  }
  const atFirst = isOpenAtFirst ? 'open' : 'closed';
  const habit = useLocalStorage(`panel ${name}`, atFirst, { writeDefaults: false });
  const key = name.replaceAll(' ', '-');
  /** Those that are not as they are at first. */
  const changed = useList(isOpenAtFirst ? 'closed' : 'opened');
  const open = computed({
    get: () => changed.value.includes(key) !== isOpenAtFirst,
    set(now) {
      habit.value = now ? 'open' : 'closed';
      note(now);
    },
  });
  function note(now: boolean): void {
    const others = changed.value.filter((other) => other !== key);
    changed.value = now === isOpenAtFirst ? others : [...others, key];
  }
  const wasOpen = habit.value === 'open';
  if (wasOpen !== isOpenAtFirst && open.value === isOpenAtFirst) note(wasOpen);
  return open;
}
