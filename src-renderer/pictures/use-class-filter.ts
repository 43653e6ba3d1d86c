import { computed, type WritableComputedRef } from 'vue';
import type { ClassFilter } from '../../src-shared/analysis/outcomes.ts';
import { useQuery } from '../components/use-query.ts';

export interface ClassFilterHere {
  readonly truth: WritableComputedRef<number | null>;
  readonly predicted: WritableComputedRef<number | null>;
  /** Both at once. */
  readonly choose: (filter: ClassFilter) => void;
}

/** Of which classes images are shown, kept in the address: `?true=3&predicted=5`. */
export function useClassFilter(): ClassFilterHere {
  const { parts, set } = useQuery(['true', 'predicted']);
  const part = (name: 'true' | 'predicted'): WritableComputedRef<number | null> =>
    computed({
      get: () => (/^\d{1,6}$/.test(parts.value[name]) ? Number(parts.value[name]) : null),
      set: (value) => set({ [name]: textOf(value) }),
    });
  return {
    truth: part('true'),
    predicted: part('predicted'),
    choose: ({ truth, predicted }) => set({ true: textOf(truth), predicted: textOf(predicted) }),
  };
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}
