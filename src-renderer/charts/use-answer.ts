import { onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import type { StudyAnswer } from '../../src-shared/charts/answer/study-answer.ts';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import { messageOf } from '../connection/request.ts';
import { answerBeside } from './statistics.ts';

/** What is known of the answer of a study. */
export interface KnownAnswer {
  /** Null until the first one is worked out. */
  readonly answer: StudyAnswer | null;
  /** Why there is none; else empty. */
  readonly problem: string;
}

const NOTHING: KnownAnswer = { answer: null, problem: '' };

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
      known.value = await answerBeside(now).then(
        (answer) => ({ answer, problem: '' }),
        (error: unknown) => ({ answer: null, problem: messageOf(error) }),
      );
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
