import { onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import type { StudyAnswer } from '../../src-shared/charts/answer/study-answer.ts';
import type { CellTable, MeasuredCell } from '../../src-shared/charts/cells/measured-cell.ts';
import type { AnswerMessage, AnswerQuestion } from './answer-worker.ts';

/** What is known of the answer of a study. */
export interface KnownAnswer {
  /** Null until the first one is worked out. */
  readonly answer: StudyAnswer | null;
  /** Why there is none; else empty. */
  readonly problem: string;
}

type Resolve = (message: AnswerMessage['answer']) => void;

const NOTHING: KnownAnswer = { answer: null, problem: '' };

/** One worker for all answers of the page, which takes them in turn. */
const waiting = new Map<number, Resolve>();
let worker: Worker | null = null;
let asked = 0;

function workOut(table: CellTable): Promise<AnswerMessage['answer']> {
  worker ??= begun();
  asked += 1;
  const question: AnswerQuestion = { number: asked, table: { ...table, cells: table.cells.map(told) } };
  worker.postMessage(question);
  return new Promise((resolve) => waiting.set(question.number, resolve));
}

function begun(): Worker {
  const made = new Worker(new URL('./answer-worker.ts', import.meta.url), { type: 'module' });
  made.onmessage = ({ data: { number, answer } }: MessageEvent<AnswerMessage>) => {
    waiting.get(number)?.(answer);
    waiting.delete(number);
  };
  made.onerror = ({ message }) => {
    for (const resolve of waiting.values()) resolve(message);
    waiting.clear();
    made.terminate();
    worker = null;
  };
  return made;
}

/** Without what an answer does not speak of: it travels to the worker. */
function told(cell: MeasuredCell): MeasuredCell {
  return { ...cell, network: null, runs: [], computedWith: [] };
}

/**
 * The answer of a table of cells, worked out beside the page; the last one stays until the next is known. Of tables that follow each
 * other faster than that only the newest is asked for. @param table null where there is none yet, or nobody looks
 */
export function useAnswer(table: () => CellTable | null): Readonly<Ref<KnownAnswer>> {
  const known = shallowRef(NOTHING);
  let isBusy = false;
  let next: CellTable | null = null;
  let isLeft = false;
  onScopeDispose(() => (isLeft = true));

  async function ask(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (next !== null && !isLeft) {
      const now = next;
      next = null;
      const answer = await workOut(now);
      known.value = typeof answer === 'string' ? { answer: null, problem: answer } : { answer, problem: '' };
    }
    isBusy = false;
  }

  watch(
    table,
    (now) => {
      next = now;
      void ask();
    },
    { immediate: true },
  );
  return known;
}
