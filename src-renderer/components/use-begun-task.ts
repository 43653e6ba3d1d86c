import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { messageOf } from '../connection/request.ts';
import { useTasks } from '../stores/tasks.ts';

export interface BegunTask {
  /** The last one that was begun; null before, and while it is asked for. */
  readonly task: ComputedRef<Task | null>;
  /** Also while it is asked for. */
  readonly isRunning: ComputedRef<boolean>;
  /** Why it could not begin, or failed; else empty. */
  readonly problem: Ref<string>;
  readonly begin: (ask: () => Promise<Task>) => Promise<void>;
}

/**
 * A task of whoever calls this, followed to its end; one at a time.
 *
 * @param onEnd called with the task as it ended, and with null where it could not begin
 */
export function useBegunTask(onEnd: (ended: Task | null) => void): BegunTask {
  const tasks = useTasks();
  const begun = ref('');
  const isAsked = ref(false);
  const problem = ref('');
  const task = computed(() => tasks.tasks.find(({ id }) => id === begun.value) ?? null);
  const isRunning = computed(() => isAsked.value || task.value?.state === 'running');

  watch(
    () => task.value?.state,
    (state) => {
      if (!task.value || state === 'running') return;
      if (state === 'failed') problem.value = task.value.message;
      onEnd(task.value);
    },
  );

  async function begin(ask: () => Promise<Task>): Promise<void> {
    problem.value = '';
    begun.value = '';
    isAsked.value = true;
    try {
      const started = await ask();
      tasks.begin(started);
      begun.value = started.id;
      isAsked.value = false;
    } catch (error) {
      problem.value = messageOf(error);
      isAsked.value = false;
      onEnd(null);
    }
  }

  return { task, isRunning, problem, begin };
}
