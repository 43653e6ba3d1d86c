import { computed, type ComputedRef, shallowRef, watch } from 'vue';
import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import type { ParametersOf } from '../../../src-shared/contract/api/index.ts';
import { request } from '../../connection/request.ts';
import { useLoading } from '../../stores/loading.ts';
import { useTaskEnd } from '../../stores/tasks.ts';

type Asked = ParametersOf<'analysis.results'>;

/** What is stored of some runs; empty while it loads, and where nothing is asked. */
export function useFindings(asked: () => Asked | null): ComputedRef<readonly Analysis[]> {
  const question = computed(() => JSON.stringify(asked()));
  const found = shallowRef<{ readonly of: string; readonly analyses: readonly Analysis[] }>();
  const { load } = useLoading(async (isLatest) => {
    const of = question.value;
    const now = asked();
    const analyses = now === null || now.runs.length === 0 ? [] : await request('analysis.results', now);
    if (isLatest()) found.value = { of, analyses };
  });
  watch(question, () => void load());
  useTaskEnd(['analyses'], () => void load());
  return computed(() => (found.value?.of === question.value ? found.value.analyses : []));
}
