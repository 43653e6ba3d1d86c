import { useTimeoutFn } from '@vueuse/core';
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import type { PlacedMistake } from '../../../src-shared/mistakes/mistake.ts';
import type { StudyData } from '../../../src-shared/studies/cost-cells.ts';
import type { StudyDefinition } from '../../../src-shared/studies/study-definition.ts';
import type { CostedRow, Draft, DraftNews } from './evaluate-study.ts';
import type { EvaluationMessage } from './evaluation-worker.ts';

export interface Evaluation {
  readonly definition: Ref<StudyDefinition | null>;
  /** Of the last draft that could be read; `stale` says that the present one cannot. */
  readonly rows: Ref<readonly CostedRow[]>;
  readonly stale: Ref<boolean>;
  /** Whether nothing is known yet of the present draft; what is told is of the one before. */
  readonly behind: Ref<boolean>;
  /** Whether that has lasted for a while. */
  readonly reading: Ref<boolean>;
  readonly mistakes: Ref<readonly PlacedMistake[]>;
  /** Settings that fight each other, in sentences; of the last draft that could be read. */
  readonly warnings: Ref<readonly string[]>;
  readonly runs: Ref<number>;
  /** If a rule adds as many seeds as it may. */
  readonly mostRuns: Ref<number>;
  /** Cells that the study has; `rows` may still be filling. */
  readonly cells: Ref<number>;
}

/** Milliseconds after which it is said that a draft is being read. */
const A_WHILE = 300;

/** What the draft is and costs, kept up to date by a worker. `datasets` are those whose images are known. */
export function useEvaluation(text: Ref<string>, datasets: Ref<readonly StudyData[]>): Evaluation {
  const definition = shallowRef<StudyDefinition | null>(null);
  const rows = shallowRef<readonly CostedRow[]>([]);
  const mistakes = shallowRef<readonly PlacedMistake[]>([]);
  const warnings = shallowRef<readonly string[]>([]);
  const stale = ref(false);
  const behind = ref(true);
  const reading = ref(false);
  const runs = ref(0);
  const mostRuns = ref(0);
  const cells = ref(0);
  let number = 0;
  let filled: CostedRow[] = [];
  const waiting = useTimeoutFn(() => (reading.value = true), A_WHILE, { immediate: false });

  const worker = new Worker(new URL('./evaluation-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = (event: MessageEvent<EvaluationMessage>) => {
    if (event.data.number === number) take(event.data);
  };
  worker.onerror = ({ message }) => {
    // the host finds what is wrong
    behind.value = false;
    throw new Error(`The evaluation of the study ended: ${message}`);
  };

  function take(news: DraftNews): void {
    waiting.stop();
    behind.value = false;
    reading.value = false;
    switch (news.kind) {
      case 'mistaken':
        mistakes.value = news.mistakes;
        stale.value = true;
        break;
      case 'read':
        stale.value = false;
        definition.value = news.definition;
        mistakes.value = news.mistakes;
        cells.value = news.cells;
        runs.value = news.runs;
        mostRuns.value = news.mostRuns;
        filled = [];
        break;
      case 'rows':
        filled.push(...news.rows);
        rows.value = [...filled];
        if (news.mistakes) mistakes.value = news.mistakes;
        if (news.warnings) warnings.value = news.warnings;
        break;
    }
  }

  watch(
    [text, datasets],
    () => {
      number += 1;
      behind.value = true;
      waiting.start();
      worker.postMessage({ number, text: text.value, datasets: datasets.value } satisfies Draft);
    },
    { immediate: true },
  );
  onScopeDispose(() => worker.terminate());
  return { definition, rows, stale, behind, reading, mistakes, warnings, runs, mostRuns, cells };
}
