import { computed, shallowRef, watch, type Ref } from 'vue';
import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import { request } from '../../connection/request.ts';
import { useLoading } from '../../stores/loading.ts';

/**
 * What is known of a layer (null: of the network) in other runs by some methods; null until it is there. They are loaded
 * apart from the run that is looked at, so that its numbers need not wait for theirs.
 */
export function useSeedAnalyses(
  runs: () => readonly string[],
  layer: () => string | null,
  methods: () => readonly string[],
): {
  readonly seedAnalyses: Ref<readonly Analysis[] | null>;
  readonly problem: Ref<string>;
  readonly load: () => Promise<void>;
} {
  const known = shallowRef<{ readonly of: string; readonly analyses: readonly Analysis[] } | null>(null);
  const { problem, load } = useLoading(async (isLatest) => {
    const asked = { runs: [...runs()], findings: [...methods()], layer: layer() };
    if (asked.runs.length === 0 || asked.findings.length === 0) return;
    const analyses = await request('analysis.results', asked);
    if (isLatest()) known.value = { of: keyOf(asked.runs, asked.layer), analyses };
  });
  watch(
    () => JSON.stringify([runs(), layer(), methods()]),
    () => void load(),
  );
  // those of another cell or layer, which was looked at before, say nothing about this one
  const seedAnalyses = computed(() =>
    known.value?.of === keyOf(runs(), layer()) ? known.value.analyses : null,
  );
  return { seedAnalyses, problem, load };
}

function keyOf(runs: readonly string[], layer: string | null): string {
  return JSON.stringify([layer, ...runs]);
}
