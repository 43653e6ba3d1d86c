import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Task, TaskChange } from '../../src-shared/contract/api/tasks.ts';
import { request } from '../connection/request.ts';
import { useLoading } from './loading.ts';
import { useNotices } from './notices.ts';

/** Installations, downloads and the like, newest last. */
export const useTasks = defineStore('tasks', () => {
  const tasks = shallowRef<readonly Task[]>([]);
  const loading = useLoading(
    async (isLatest) => {
      const listed = await request('tasks.list', {});
      if (isLatest()) tasks.value = listed;
    },
    (event) => {
      if (event.type === 'task') put(event.task);
    },
  );

  function put(task: Task): void {
    tasks.value = isKnown(task)
      ? tasks.value.map((other) => (other.id === task.id ? task : other))
      : [...tasks.value, task];
  }

  function isKnown(task: Task): boolean {
    return tasks.value.some(({ id }) => id === task.id);
  }

  /** A task as it was begun. What events have told of it meanwhile is newer. */
  function begin(task: Task): void {
    if (!isKnown(task)) put(task);
  }

  /** Asks for a task. Whether it began; why it did not is shown. */
  async function start(ask: () => Promise<Task>): Promise<boolean> {
    const begun = await useNotices().attempt(ask);
    if (begun) begin(begun);
    return begun !== undefined;
  }

  function cancel({ id }: Task): void {
    void useNotices().attempt(() => request('tasks.cancel', { task: id }));
  }

  const running = computed(() => tasks.value.filter(({ state }) => state === 'running'));
  return { tasks, running, begin, start, cancel, ...loading };
});

/** Calls back whenever a task ends that may have changed one of these. */
export function useTaskEnd(changes: readonly TaskChange[], callback: () => void): void {
  const tasks = useTasks();
  watch(
    () => tasks.running.flatMap(({ id, changes: its }) => (its && changes.includes(its) ? [id] : [])),
    (now, before) => {
      if (before.some((id) => !now.includes(id))) callback();
    },
  );
}
