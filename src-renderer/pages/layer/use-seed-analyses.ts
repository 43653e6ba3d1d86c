import { shallowRef, watch, type Ref } from 'vue';
import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import { request } from '../../connection/request.ts';
import { useLoading } from '../../stores/loading.ts';

/**
 * What is known of other runs by some methods; null until it is there. They are loaded apart from the run that is looked
 * at, so that its numbers need not wait for theirs.
 */
export function useSeedAnalyses(
  runs: () => readonly string[],
  methods: () => readonly string[],
): { readonly seedAnalyses: Ref<readonly Analysis[] | null>; readonly problem: Ref<string> } {
  const seedAnalyses = shallowRef<readonly Analysis[] | null>(null);
  const { problem, load } = useLoading(async (isLatest) => {
    const asked = { runs: [...runs()], methods: [...methods()] };
    const isNone = asked.runs.length === 0 || asked.methods.length === 0;
    const known = isNone ? [] : await request('analysis.results', asked);
    if (isLatest()) seedAnalyses.value = known;
  });
  watch(
    () => JSON.stringify([runs(), methods()]),
    () => void load(),
  );
  return { seedAnalyses, problem };
}
