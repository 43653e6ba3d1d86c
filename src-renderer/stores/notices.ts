import { useTimeoutFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { type Offer, Problem } from '../../src-shared/mistakes/problem.ts';
import { messageOf } from '../connection/request.ts';
import { datasetPath } from './dataset-address.ts';
import { offeredPlace } from './offered-place.ts';

export interface Notice {
  readonly id: number;
  readonly kind: 'good' | 'bad' | 'info' | 'busy';
  readonly message: string;
  /** What can be done about it. */
  readonly action: NoticeAction | null;
}

export type NoticeAction = { readonly label: string } & (
  | { readonly act: () => void }
  /** Leads to this page. */
  | { readonly to: string }
);

/** Where is done what is offered, with how far it is. */
function actionOf(offer: Offer | null): NoticeAction | null {
  if (offer === null) return null;
  const { action, subject } = offer;
  if (action === 'download-dataset') return { label: `Download ${subject} …`, to: datasetPath(subject) };
  return offeredPlace(action);
}

/** Milliseconds until a notice goes; one with a button needs the time to reach it. */
const SHOWN = 6000;
const SHOWN_TO_ACT = 12_000;

/** Short messages at the corner. Good ones go by themselves; bad and busy ones stay until they are closed. */
export const useNotices = defineStore('notices', () => {
  const notices = ref<readonly Notice[]>([]);
  let last = 0;

  function close(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }

  /** @returns by what it is closed */
  function show(kind: Notice['kind'], message: string, action: NoticeAction | null = null): number {
    const id = ++last;
    const others = notices.value.filter((notice) => notice.message !== message);
    notices.value = [...others, { id, kind, message, action }];
    if (kind === 'good' || kind === 'info') useTimeoutFn(() => close(id), action ? SHOWN_TO_ACT : SHOWN);
    return id;
  }

  /** What is going on says how far it is. */
  function rewrite(id: number, message: string): void {
    notices.value = notices.value.map((notice) => (notice.id === id ? { ...notice, message } : notice));
  }

  /** Does something and shows its error, if it has one. Resolves to undefined then. */
  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      show('bad', messageOf(error), error instanceof Problem ? actionOf(error.offer) : null);
      return undefined;
    }
  }

  return { notices, show, rewrite, close, attempt };
});
