import { computed, watch, type Ref } from 'vue';
import { analysisTitle, type FailedStep } from '../../src-shared/contract/api/analysis.ts';
import type { ParametersOf } from '../../src-shared/contract/api/index.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { counted } from '../../src-shared/counted.ts';
import { request } from '../connection/request.ts';
import { useTasks } from '../stores/tasks.ts';

/** What methods are asked, of whatever runs. */
export type AnalysisOptions = Omit<ParametersOf<'analysis.start'>, 'runs'>;

type AskedSteps = Omit<ParametersOf<'analysis.steps'>, 'runs'>;

export interface AnalysisTask {
  /** The last task that asks one of the sets of runs. */
  readonly task: Ref<Task | null>;
  readonly isRunning: Ref<boolean>;
  /** Why steps of it could not be done, each reason once; empty until it is done. */
  readonly failed: Ref<readonly string[]>;
  /** Begins; what is wrong with the options is shown. Resolves to whether it has begun. */
  readonly start: (runs: readonly string[], options: AnalysisOptions) => Promise<boolean>;
  /** Begins steps, each with settings of its own. */
  readonly ask: (runs: readonly string[], asked: AskedSteps) => Promise<boolean>;
}

/** Milliseconds from one loading of what was found to the next while a task goes on. */
const PAUSE = 10_000;

/**
 * Asking methods of runs.
 *
 * @param choices the sets of runs that can be asked here
 * @param load what was found is stored at once: called now and then while a task goes on, and at its end
 */
export function useAnalysisTask(
  choices: () => readonly (readonly string[])[],
  load: () => void,
): AnalysisTask {
  const tasks = useTasks();
  const task = computed(() => {
    const titles = choices().map(analysisTitle);
    return tasks.tasks.findLast(({ title }) => titles.includes(title)) ?? null;
  });
  const isRunning = computed(() => task.value?.state === 'running');
  let loadedAt = -Infinity;
  watch(
    () => [task.value?.state, task.value?.phase],
    () => {
      if (isRunning.value && performance.now() - loadedAt < PAUSE) return;
      loadedAt = performance.now();
      load();
    },
  );
  return {
    task,
    isRunning,
    failed: computed(() => failureTexts(task.value)),
    start: (runs, options) => tasks.start(() => request('analysis.start', { runs: [...runs], ...options })),
    ask: (runs, asked) => tasks.start(() => request('analysis.steps', { runs: [...runs], ...asked })),
  };
}

function failureTexts(task: Task | null): string[] {
  if (task?.state !== 'done' || !Array.isArray(task.result)) return [];
  const failures = task.result as readonly FailedStep[];
  return [...Map.groupBy(failures, ({ message }) => message)].map(([message, of]) =>
    of.length > 1 ? `${message} (${counted(of.length, 'run')})` : message,
  );
}
