import { computed, inject, type InjectionKey, ref, shallowRef, type Ref } from 'vue';
import { useList, useNumber } from './use-query.ts';

/** What the panel is called in which a chart stands. */
export const PANEL: InjectionKey<string> = Symbol('panel');

/** What the chart here is called in the address, by its panel and among the charts of that; empty for one that is not in it. */
export function useChartName(name: string): string {
  return [inject(PANEL, ''), name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')]
    .filter(Boolean)
    .join('-');
}

/** How a reader looks at a chart. With a name it is kept in the address. */
export interface ChartView {
  readonly asTable: Ref<boolean>;
  /** Keys of lines. */
  readonly hiddenLines: Ref<ReadonlySet<string>>;
}

export function useChartView(name: string): ChartView {
  if (name === '') return { asTable: ref(false), hiddenLines: shallowRef(new Set<string>()) };
  const tables = useList('tables');
  const hidden = useList(`hidden-${name}`);
  return {
    asTable: computed({
      get: () => tables.value.includes(name),
      set(now) {
        const others = tables.value.filter((other) => other !== name);
        tables.value = now ? [...others, name] : others;
      },
    }),
    hiddenLines: computed({
      get: () => new Set(hidden.value),
      set: (now) => void (hidden.value = [...now]),
    }),
  };
}

/** Which of the pages of a long list is shown, from 0; in the address from 1. Without a name it is not in it. */
export function usePage(name: string): Ref<number> {
  if (name === '') return ref(0);
  const page = useNumber(name, 1);
  return computed({
    get: () => Math.max(0, Math.floor(page.value) - 1),
    set: (now) => void (page.value = now + 1),
  });
}
