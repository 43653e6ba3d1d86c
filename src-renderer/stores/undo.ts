import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { messageOf } from '../connection/request.ts';
import { useNotices } from './notices.ts';

/** A change that was made and can be taken back. */
export interface Change {
  /** What was done, as a sentence. */
  readonly done: string;
  /**
   * Takes it back. Resolves to a sentence of what came of it, which also tells what stays since it has changed meanwhile.
   * @throws Problem where it cannot be taken back any more
   */
  readonly undo: () => Promise<string>;
}

/** Older changes are forgotten. */
const MOST_CHANGES = 20;

/** The last changes of this window, the newest last: each is told with a button that takes it back, as Ctrl+Z does. */
export const useUndo = defineStore('undo', () => {
  const notices = useNotices();
  const changes = shallowRef<readonly (Change & { readonly notice: number })[]>([]);
  const last = computed(() => changes.value.at(-1) ?? null);
  /** One after the other: an older change of the same thing is taken back after a newer one. */
  let work = Promise.resolve();

  /** To be called when a change has been made. */
  function did({ done, undo }: Change): void {
    const notice = notices.show('good', done, {
      label: 'Undo',
      act: () => void takeBack(notice),
    });
    changes.value = [...changes.value, { done, undo, notice }].slice(-MOST_CHANGES);
  }

  function takeBackLast(): Promise<void> {
    return last.value ? takeBack(last.value.notice) : Promise.resolve();
  }

  function takeBack(notice: number): Promise<void> {
    const place = changes.value.findIndex((each) => each.notice === notice);
    const change = changes.value[place];
    if (!change) return work;
    changes.value = changes.value.toSpliced(place, 1);
    notices.close(notice);
    work = work.then(async () => {
      try {
        notices.show('info', await change.undo());
      } catch (error) {
        notices.show('bad', `“${change.done}” was not undone. ${messageOf(error)}`);
        // a host that could not be reached may be there again later
        if (!(error instanceof Problem)) changes.value = [...changes.value, change].slice(-MOST_CHANGES);
      }
    });
    return work;
  }

  return { last, did, takeBackLast };
});
