import { measureElement, useVirtualizer } from '@tanstack/vue-virtual';
import { computed, type ComponentPublicInstance, type ComputedRef, type Ref } from 'vue';

/** Of a long table the rows that can be seen. They stand between two empty ones, as high as the rest. */
export interface VirtualRows {
  /** Places of the rows that are made. */
  readonly places: ComputedRef<readonly number[]>;
  /** CSS pixels above and below them. */
  readonly above: ComputedRef<number>;
  readonly below: ComputedRef<number>;
  /** The `ref` of each row, which has its place as `data-index`, where rows differ in height. */
  readonly measure: (row: Element | ComponentPublicInstance | null) => void;
}

/** So many rows are made at once: a short table is whole wherever it is looked into. */
const SHORT = 60;
/** Above and below what can be seen: more than a turn of the wheel. */
const OVERSCAN = 6;

/**
 * @param box what scrolls.
 * @param height of a row, in CSS pixels, or what most of them have.
 */
export function useVirtualRows(
  box: Readonly<Ref<HTMLElement | null>>,
  count: () => number,
  height: number,
): VirtualRows {
  const virtualizer = useVirtualizer<HTMLElement, Element>(
    computed(() => ({
      count: count(),
      getScrollElement: () => box.value,
      estimateSize: () => height,
      overscan: OVERSCAN,
      // its observer tells the heights of all new rows after the next layout; asked one by one, the page would be laid out at once
      measureElement: (row, entry, instance) =>
        entry
          ? measureElement(row, entry, instance)
          : (instance.itemSizeCache.get(instance.indexFromElement(row)) ?? height),
    })),
  );
  const isShort = computed(() => count() <= SHORT);
  const items = computed(() => virtualizer.value.getVirtualItems());
  const above = computed(() => items.value[0]?.start ?? 0);
  const below = computed(() => virtualizer.value.getTotalSize() - (items.value.at(-1)?.end ?? 0));
  return {
    places: computed(() =>
      isShort.value
        ? Array.from({ length: count() }, (_, place) => place)
        : items.value.map(({ index }) => index),
    ),
    above: computed(() => (isShort.value ? 0 : above.value)),
    below: computed(() => (isShort.value ? 0 : below.value)),
    measure: (row) => {
      if (!isShort.value && row instanceof Element) virtualizer.value.measureElement(row);
    },
  };
}
