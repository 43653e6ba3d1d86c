import { watch } from 'vue';
import { useTasks } from '../../stores/tasks.ts';

/** Calls back whenever a task ends, as what it was about may then look different. */
export function useTaskEnd(callback: () => void): void {
  const tasks = useTasks();
  watch(
    () => tasks.running.length,
    (now, before) => {
      if (now < before) callback();
    },
  );
}
