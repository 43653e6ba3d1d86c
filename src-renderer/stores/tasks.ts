import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { request } from '../connection/request.ts';
import { useConnection } from './connection.ts';
import { useLoading } from './loading.ts';

/** Installations, downloads and the like, newest last. */
export const useTasks = defineStore('tasks', () => {
  const tasks = shallowRef<readonly Task[]>([]);
  const loading = useLoading(async (isLatest) => {
    const listed = await request('tasks.list', {});
    if (isLatest()) tasks.value = listed;
  });

  function put(task: Task): void {
    const known = tasks.value.some(({ id }) => id === task.id);
    tasks.value = known
      ? tasks.value.map((other) => (other.id === task.id ? task : other))
      : [...tasks.value, task];
  }

  useConnection().listen((event) => {
    if (event.type === 'task') put(event.task);
  });
  const running = computed(() => tasks.value.filter(({ state }) => state === 'running'));
  return { tasks, running, put, ...loading };
});
