import { useSessionStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';

/** Colours of selected runs by their place in the order of selection; Okabe and Ito's, then lighter and darker ones. */
export const RUN_COLOURS = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#d55e00',
  '#cc79a7',
  '#56b4e9',
  '#8c6d00',
  '#7a4fb5',
  '#3f8f2f',
  '#b0413e',
] as const;

/**
 * The runs that are selected, with a colour each that stays with the run as long as it is selected, on every page and
 * after a reload. `hidden` ones keep their place and colour but are not drawn (the eye in the table).
 */
export const useSelection = defineStore('selection', () => {
  const colours = useSessionStorage<ReadonlyMap<string, number>>('selection', new Map(), { shallow: true });
  const hidden = shallowRef<ReadonlySet<string>>(new Set());

  function set(ids: readonly string[], chosen: boolean): void {
    const next = new Map(colours.value);
    // the smallest free numbers, so that neighbours differ as long as colours last
    const used = new Set(next.values());
    let place = 0;
    for (const id of ids) {
      if (!chosen) {
        next.delete(id);
      } else if (!next.has(id)) {
        while (used.has(place)) place += 1;
        used.add(place);
        next.set(id, place);
      }
    }
    colours.value = next;
  }

  /** These and no others. */
  function only(chosen: readonly string[]): void {
    const kept = new Set(chosen);
    colours.value = new Map([...colours.value].filter(([id]) => kept.has(id)));
    set(chosen, true);
  }

  /** As a click on a mark that stands for runs: alone, or beside the others; once more takes it away. On nothing: none is left. */
  function choose(chosen: readonly string[], isAdded: boolean): void {
    if (chosen.length === 0) return clear();
    const areAll = chosen.every(isSelected);
    if (isAdded) set(chosen, !areAll);
    else if (areAll && colours.value.size === chosen.length) clear();
    else only(chosen);
  }

  function toggleHidden(id: string): void {
    const next = new Set(hidden.value);
    if (!next.delete(id)) next.add(id);
    hidden.value = next;
  }

  const ids = computed(() => [...colours.value.keys()]);
  const visible = computed(() => ids.value.filter((id) => !hidden.value.has(id)));
  const isSelected = (id: string): boolean => colours.value.has(id);
  const colourOf = (id: string): string | null => {
    const place = colours.value.get(id);
    return place === undefined ? null : (RUN_COLOURS[place % RUN_COLOURS.length] ?? null);
  };
  const clear = (): void => {
    colours.value = new Map();
    hidden.value = new Set();
  };

  return { ids, visible, hidden, isSelected, colourOf, set, only, choose, toggleHidden, clear };
});
