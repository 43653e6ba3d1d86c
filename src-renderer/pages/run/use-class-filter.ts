import { computed, shallowRef, watch, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { ClassFilter } from '../../../src-shared/analysis/outcomes.ts';

export interface ClassFilterHere {
  readonly truth: WritableComputedRef<number | null>;
  readonly predicted: WritableComputedRef<number | null>;
  /** Both at once. */
  readonly choose: (filter: ClassFilter) => void;
}

/** Of which classes misclassified images are shown, kept in the address: `?true=3&predicted=5`. */
export function useClassFilter(): ClassFilterHere {
  const route = useRoute();
  const router = useRouter();
  const numberAt = (name: string): number | null => {
    const value = route.query[name];
    return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : null;
  };
  const addressed = computed(() => ({ truth: numberAt('true'), predicted: numberAt('predicted') }));
  // the address follows a moment later
  const chosen = shallowRef<ClassFilter>(addressed.value);
  watch(addressed, (now) => void (chosen.value = now));

  function choose(filter: ClassFilter): void {
    chosen.value = filter;
    const { truth, predicted } = filter;
    const own = Object.entries({ true: truth, predicted }).flatMap(([name, value]) =>
      value === null ? [] : [[name, String(value)] as const],
    );
    void router.replace({ query: Object.fromEntries(own) });
  }
  const part = (name: keyof ClassFilter): WritableComputedRef<number | null> =>
    computed({
      get: () => chosen.value[name],
      set: (value) => choose({ ...chosen.value, [name]: value }),
    });
  return { truth: part('truth'), predicted: part('predicted'), choose };
}
