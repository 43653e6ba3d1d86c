import { shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Task } from '../../../src-shared/contract/api/tasks.ts';
import type { DatasetSurvey } from '../../../src-shared/datasets/dataset-survey.ts';
import { useBegunTask } from '../../components/use-begun-task.ts';
import { request } from '../../connection/request.ts';
import { useLoading } from '../../stores/loading.ts';
import { useTaskEnd } from '../../stores/tasks.ts';

export interface SurveyHere {
  readonly survey: ShallowRef<DatasetSurvey | null>;
  readonly pending: Ref<boolean>;
  /** Why nothing was found; empty where that is not so. */
  readonly problem: Ref<string>;
  readonly task: ComputedRef<Task | null>;
  readonly isLooking: ComputedRef<boolean>;
  readonly look: () => void;
}

/** Bytes that are read without being asked for: some seconds. */
const AT_ONCE = 1e9;

/**
 * What is found by looking at all images of a data set. A small one is looked at as soon as it is shown.
 * @param bytes of the data set
 */
export function useSurvey(name: () => string, bytes: () => number): SurveyHere {
  const survey = shallowRef<DatasetSurvey | null>(null);
  let wasBegun = false;
  const { pending, problem, load } = useLoading(async (isLatest) => {
    const found = await request('datasets.survey', { name: name() });
    if (!isLatest()) return;
    survey.value = found;
    if (found === null && !wasBegun && bytes() <= AT_ONCE) look();
  });
  const looking = useBegunTask(() => undefined);
  // also where another window has looked
  useTaskEnd(['datasets', 'surveys'], () => void load());

  function look(): void {
    wasBegun = true;
    void looking.begin(() => request('datasets.look', { name: name() }));
  }
  return { survey, pending, problem, task: looking.task, isLooking: looking.isRunning, look };
}
