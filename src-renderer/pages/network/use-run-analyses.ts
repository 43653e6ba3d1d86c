import { storeToRefs } from 'pinia';
import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import type { Analysis, MethodDescription } from '../../../src-shared/analysis/analysis-result.ts';
import { analysisTitle } from '../../../src-shared/contract/api/analysis.ts';
import type { Task } from '../../../src-shared/contract/api/tasks.ts';
import { request } from '../../connection/request.ts';
import { useLoading } from '../../stores/loading.ts';
import { useMethods } from '../../stores/methods.ts';
import { useTasks } from '../../stores/tasks.ts';
import { newestAnalyses } from './layer-measures.ts';

export interface RunAnalyses {
  /** All methods there are, in the order in which they are shown. */
  readonly methods: Ref<readonly MethodDescription[]>;
  /** What is known of the run, the newest by each method. */
  readonly analyses: Ref<readonly Analysis[]>;
  /** Whether `analyses` are those of the run that is asked for. */
  readonly isLoaded: Ref<boolean>;
  readonly problem: Ref<string>;
  readonly load: () => Promise<void>;
  /** The last task that analyses this run. */
  readonly task: Ref<Task | null>;
}

/** What the methods know of a run's layers, loaded again whenever a task has found more. */
export function useRunAnalyses(run: () => string): RunAnalyses {
  const tasks = useTasks();
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

  const task = computed(() => tasks.tasks.findLast(({ title }) => title === analysisTitle([run()])) ?? null);
  // each finding is stored at once: when the next one is begun, and at the end, there is more to show
  watch(
    () => [task.value?.state, task.value?.phase],
    () => void load(),
  );
  return {
    ...{ methods, analyses, load, task },
    isLoaded: computed(() => loaded.value === run() && !described.pending),
    problem: computed(() => described.problem || problem.value),
  };
}
