import { computed, ref, shallowRef } from 'vue';
import type { SentFile } from '../../../src-shared/contract/api/imports.ts';
import type { OpenedReport } from '../../../src-shared/contract/api/reports.ts';
import type { Task } from '../../../src-shared/contract/api/tasks.ts';
import { useBegunTask } from '../../components/use-begun-task.ts';
import { request } from '../../connection/request.ts';

/** A report whose study is about to be opened. */
export function useReportDraft() {
  const file = shallowRef<string | SentFile | null>(null);
  const account = shallowRef<OpenedReport | null>(null);
  /** What the study shall be called; empty: as in the report. */
  const name = ref('');
  const { task, isRunning, problem, begin } = useBegunTask((ended) => {
    if (ended?.state === 'done') account.value = ended.result as OpenedReport;
  });

  const parameters = () => ({
    file: file.value ?? '',
    name: name.value.trim() === '' ? null : name.value.trim(),
  });

  function take(given: string | SentFile | null): void {
    file.value = given;
    account.value = null;
    problem.value = '';
    name.value = '';
    if (given !== null) void begin(() => request('reports.open', { ...parameters(), dryRun: true }));
  }

  return {
    ...{ account, name, problem, task, isReading: isRunning, take },
    isGiven: computed(() => file.value !== null),
    /** Whether it can be opened, perhaps under another name. */
    canOpen: computed(
      () =>
        account.value !== null &&
        !account.value.isKnown &&
        (account.value.refusal === null || name.value.trim() !== '') &&
        !isRunning.value,
    ),
    start: (): Promise<Task> => request('reports.open', parameters()),
  };
}

export function isReport(given: string | SentFile): boolean {
  return /\.html?$/i.test(typeof given === 'string' ? given : given.name);
}
