import type { WritableComputedRef } from 'vue';
import { useChoice } from './use-query.ts';

/** How many of the cells are shown, in the address; infinitely many for all of them, whatever is added. */
export function useCellCount(name: string, usual: number): WritableComputedRef<number> {
  return useChoice(
    name,
    () => usual,
    (text) => (text === 'all' ? Infinity : Number(text) >= 1 ? Number(text) : null),
    (count) => (count === Infinity ? 'all' : String(count)),
  );
}
