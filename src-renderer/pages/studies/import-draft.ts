import { ref, shallowRef } from 'vue';
import {
  type ImportAccount,
  LARGEST_UPLOAD,
  type SentFile,
} from '../../../src-shared/contract/api/imports.ts';
import type { ParametersOf } from '../../../src-shared/contract/api/index.ts';
import type { Task } from '../../../src-shared/contract/api/tasks.ts';
import type { PlannedColumn } from '../../../src-shared/imports/plan-import.ts';
import { decimalSize } from '../../../src-shared/numbers.ts';
import type { AnyMetric } from '../../../src-shared/metrics/imported-metric.ts';
import { useBegunTask } from '../../components/use-begun-task.ts';
import { fileContent } from '../../connection/file-content.ts';
import { messageOf, request } from '../../connection/request.ts';
import { isReport } from './report-draft.ts';

/** What a column is imported as: `factor` (`names`: one whose numbers are names), `seed`, a metric, or nothing. */
export type ColumnChoice = (typeof ROLES)[number] | AnyMetric;
const ROLES = ['factor', 'names', 'seed', ''] as const;

/**
 * Runs that are about to be imported: what they are read as, and what the user has set.
 * @param takeReport takes a report, which is opened otherwise; null for anything else
 */
export function useImportDraft(takeReport: (report: string | SentFile | null) => void) {
  const files = shallowRef<readonly (string | SentFile)[]>([]);
  const account = shallowRef<ImportAccount | null>(null);
  const study = ref('');
  const dataset = ref('');
  const keepIncomplete = ref(false);
  const hasNoSeeds = ref(false);
  /** Of all columns, once one was set; null as long as they are guessed. */
  const choices = shallowRef<ReadonlyMap<string, ColumnChoice> | null>(null);
  /** Whether other files were given, or something was set, while it was read. */
  let isStale = false;
  const reading = useBegunTask((ended) => {
    if (isStale) void read();
    else if (ended?.state === 'done') account.value = ended.result as ImportAccount;
  });
  const { task, isRunning: isReading, problem } = reading;

  function parameters(): ParametersOf<'runs.import'> {
    const chosen = [...(choices.value ?? [])];
    const columnsOf = (wanted: ColumnChoice): string[] =>
      chosen.flatMap(([column, choice]) => (choice === wanted ? [column] : []));
    const metrics = chosen.flatMap(([column, choice]): [string, AnyMetric][] =>
      isRole(choice) ? [] : [[column, choice]],
    );
    return {
      files: [...files.value],
      settings: {
        ...{ study: study.value.trim() === '' ? null : study.value.trim(), dataset: dataset.value.trim() },
        ...{ keepIncomplete: keepIncomplete.value, seed: hasNoSeeds.value ? false : null },
        ...(choices.value && {
          factors: [...columnsOf('factor'), ...columnsOf('names')],
          text: columnsOf('names'),
          metrics: Object.fromEntries(metrics),
          seed: hasNoSeeds.value ? false : (columnsOf('seed')[0] ?? null),
        }),
      },
    };
  }

  /** Reads the files again with what is set now. */
  async function read(): Promise<void> {
    isStale = isReading.value;
    if (isStale) return;
    problem.value = '';
    if (files.value.length === 0) return;
    await reading.begin(() => request('runs.import', { ...parameters(), dryRun: true }));
  }

  function take(given: readonly (string | SentFile)[]): void {
    const report = given.find(isReport) ?? null;
    takeReport(given.length === 1 ? report : null);
    files.value = given.length === 1 && report !== null ? [] : given;
    account.value = null;
    choices.value = null;
    void read();
  }

  /** Files that were dropped or chosen. */
  async function give(dropped: readonly File[]): Promise<void> {
    const size = dropped.reduce((sum, file) => sum + file.size, 0);
    try {
      if (size > LARGEST_UPLOAD)
        throw new Error(
          `These files have ${decimalSize(size)}; up to ${decimalSize(LARGEST_UPLOAD)} can be dropped. Type where they are on the machine that runs Kindling.`,
        );
      const read = await Promise.all(
        dropped.map(async (file) => ({ name: file.name, base64: await fileContent(file, 'files') })),
      );
      take(read);
    } catch (error) {
      problem.value = messageOf(error);
    }
  }

  function choose(column: string, choice: ColumnChoice): void {
    const now = new Map(choices.value ?? guessed(account.value));
    // one column has the seeds, and one each metric
    for (const [other, before] of now)
      if (before === choice && choice !== 'factor' && choice !== 'names') now.set(other, '');
    choices.value = now.set(column, choice);
    void read();
  }

  function clear(): void {
    take([]);
    for (const text of [study, dataset, problem]) text.value = '';
    for (const flag of [keepIncomplete, hasNoSeeds]) flag.value = false;
  }

  return {
    ...{ account, problem, study, dataset, keepIncomplete, hasNoSeeds, task, isReading },
    ...{ choices, read, take, give, choose, clear },
    start: (): Promise<Task> => request('runs.import', parameters()),
  };
}

function isRole(choice: ColumnChoice): choice is (typeof ROLES)[number] {
  return ROLES.some((role) => role === choice);
}

function guessed(account: ImportAccount | null): [string, ColumnChoice][] {
  return (account?.columns ?? []).map((column) => [column.name, choiceOf(column)]);
}

/** What it is imported as, of what can be chosen. */
export function choiceOf({ role, as }: PlannedColumn): ColumnChoice {
  if (role === 'metric') return as as AnyMetric;
  return role === 'factor' || role === 'seed' ? role : '';
}
