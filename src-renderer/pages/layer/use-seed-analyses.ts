import { computed, shallowRef, watch, type Ref } from 'vue';
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
): {
  readonly seedAnalyses: Ref<readonly Analysis[] | null>;
  readonly problem: Ref<string>;
  readonly load: () => Promise<void>;
} {
  const known = shallowRef<{ readonly runs: string; readonly analyses: readonly Analysis[] } | null>(null);
  const { problem, load } = useLoading(async (isLatest) => {
    const asked = { runs: [...runs()], methods: [...methods()] };
    if (asked.runs.length === 0 || asked.methods.length === 0) return;
    const analyses = await request('analysis.results', asked);
    if (isLatest()) known.value = { runs: asked.runs.join(), analyses };
  });
  watch(
    () => JSON.stringify([runs(), methods()]),
    () => void load(),
  );
  // those of another cell, which was looked at before, say nothing about this one
  const seedAnalyses = computed(() => (known.value?.runs === runs().join() ? known.value.analyses : null));
  return { seedAnalyses, problem, load };
}
