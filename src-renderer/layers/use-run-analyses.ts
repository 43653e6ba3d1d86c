import { storeToRefs } from 'pinia';
import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import type { Analysis } from '../../src-shared/analysis/analysis-result.ts';
import type { AskableMethod } from '../../src-shared/analysis/settings.ts';
import { request } from '../connection/request.ts';
import { useLoading } from '../stores/loading.ts';
import { useMethods } from '../stores/methods.ts';
import { newestAnalyses } from './layer-measures.ts';

export interface RunAnalyses {
  /** All methods there are, in the order in which they are shown. */
  readonly methods: Ref<readonly AskableMethod[]>;
  /** What is known of the run, the newest by each method. */
  readonly analyses: Ref<readonly Analysis[]>;
  /** Whether `analyses` are those of the run that is asked for. */
  readonly isLoaded: Ref<boolean>;
  readonly problem: Ref<string>;
  readonly load: () => Promise<void>;
}

/** What the methods know of a run's layers. */
export function useRunAnalyses(run: () => string): RunAnalyses {
  const described = useMethods();
  const { methods } = storeToRefs(described);
  const analyses = shallowRef<readonly Analysis[]>([]);
  const loaded = ref('');
  const { problem, load } = useLoading(async (isLatest) => {
    const asked = run();
    const known = await request('analysis.results', { runs: [asked] });
    if (isLatest()) [analyses.value, loaded.value] = [newestAnalyses(known), asked];
  });
  watch(run, () => void load());
  return {
    ...{ methods, analyses, load },
    isLoaded: computed(() => loaded.value === run() && !described.pending),
    problem: computed(() => described.problem || problem.value),
  };
}
