import { ref, watch, type Ref } from 'vue';
import { request } from '../../connection/request.ts';
import { latestOnly } from '../../stores/latest.ts';

/** Whether anything was recorded over training of any of these runs; false where that could not be asked. */
export function useHasHistograms(runs: () => readonly string[]): Ref<boolean> {
  const has = ref(false);
  const begin = latestOnly();
  async function look(asked: readonly string[]): Promise<void> {
    const isLatest = begin();
    // the statistics of two runs are the least that can be asked for
    const wanted = { of: 'weights', layer: null, most: 2 } as const;
    const found =
      asked.length === 0
        ? null
        : await request('runs.histograms', { runs: [...asked], ...wanted }).catch(() => null);
    if (isLatest()) has.value = found !== null && found.recorded > 0;
  }
  watch(runs, look, { immediate: true });
  return has;
}
