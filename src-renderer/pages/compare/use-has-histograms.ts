import { computed, ref, watch, type ComputedRef } from 'vue';
import { request } from '../../connection/request.ts';
import { useLive } from '../../stores/live.ts';
import { useLoading } from '../../stores/loading.ts';

/**
 * Whether anything was recorded over training of any of these runs; false where that could not be asked. It is asked again when they are
 * others: what is recorded meanwhile is told.
 */
export function useHasHistograms(runs: () => readonly string[]): ComputedRef<boolean> {
  const live = useLive();
  const has = ref(false);
  const { load } = useLoading(async (isLatest) => {
    const asked = [...runs()];
    // the statistics of two runs are the least that can be asked for
    const wanted = { of: 'weights', layer: null, most: 2 } as const;
    const found =
      asked.length === 0
        ? null
        : await request('runs.histograms', { runs: asked, ...wanted }).catch(() => null);
    if (isLatest()) has.value = found !== null && found.recorded > 0;
  });
  watch(
    () => runs().join(),
    () => void load(),
  );
  const isTold = computed(() => {
    const own = new Set(runs());
    return [...live.recorded.keys()].some((run) => own.has(run));
  });
  return computed(() => has.value || isTold.value);
}
