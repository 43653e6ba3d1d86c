import { useTimeoutFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { messageOf } from '../connection/request.ts';

export interface Notice {
  readonly id: number;
  readonly kind: 'good' | 'bad' | 'info';
  readonly message: string;
}

/** Short messages at the corner. Good ones go by themselves; bad ones stay until they are closed. */
export const useNotices = defineStore('notices', () => {
  const notices = ref<readonly Notice[]>([]);
  let last = 0;

  function close(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }

  function show(kind: Notice['kind'], message: string): void {
    const id = ++last;
    notices.value = [...notices.value.filter((notice) => notice.message !== message), { id, kind, message }];
    if (kind !== 'bad') useTimeoutFn(() => close(id), 6000);
  }

  /** Does something and shows its error, if it has one. Resolves to undefined then. */
  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      show('bad', messageOf(error));
      return undefined;
    }
  }

  return { notices, show, close, attempt };
});
