import { useLocalStorage } from '@vueuse/core';
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { FolderEntry, FolderListing } from '../../src-shared/contract/api/folders.ts';
import { messageOf, request } from '../connection/request.ts';
import { latestOnly } from '../stores/latest.ts';

export interface FolderHere {
  /** Null before the first one. What was read before stays where another cannot be read. */
  readonly listing: ShallowRef<FolderListing | null>;
  readonly problem: Ref<string>;
  readonly isReading: Ref<boolean>;
  /** Part of the names. */
  readonly containing: Ref<string>;
  readonly hidden: Ref<boolean>;
  /** Number of the entry that the keyboard is at; -1 for the folder itself. */
  readonly active: Ref<number>;
  readonly entry: ComputedRef<FolderEntry | null>;
  /** Of what is chosen now: the entry, or the folder. */
  readonly chosen: ComputedRef<string>;
  /** Goes to a folder, or to the folder of a file; without a path to the last one. */
  readonly go: (path?: string) => Promise<void>;
  /** Reads again what is being read or shown. */
  readonly readAgain: () => Promise<void>;
  readonly pathOf: (entry: FolderEntry) => string;
  /** By so many entries. */
  readonly move: (by: number) => void;
}

/** Goes through the folders of the host, and remembers the last one in this browser. */
export function useFolder(): FolderHere {
  const last = useLocalStorage('last folder', '', { writeDefaults: false });
  const listing = shallowRef<FolderListing | null>(null);
  const problem = ref('');
  const isReading = ref(false);
  const containing = ref('');
  const hidden = ref(false);
  const active = ref(-1);
  const begin = latestOnly();
  let wanted = '';

  async function go(path = last.value): Promise<void> {
    const isLatest = begin();
    isReading.value = true;
    const isElsewhere = listing.value === null || path !== wanted;
    wanted = path;
    if (isElsewhere) containing.value = '';
    try {
      const found = await request('folders.list', {
        path,
        containing: containing.value,
        hidden: hidden.value,
      });
      if (!isLatest()) return;
      listing.value = found;
      wanted = last.value = found.path;
      problem.value = '';
      active.value =
        found.file === null
          ? Math.min(active.value, isElsewhere ? -1 : found.entries.length - 1)
          : found.entries.findIndex(({ name }) => name === found.file);
    } catch (error) {
      if (!isLatest()) return;
      problem.value = messageOf(error);
      // a typed path may have a mistake, and the folder of the last time may be gone
      if (listing.value === null && path !== '') await go(path.replace(/[/\\]?[^/\\]*[/\\]?$/, ''));
    } finally {
      if (isLatest()) isReading.value = false;
    }
  }

  const entry = computed(() => listing.value?.entries[active.value] ?? null);
  const pathOf = ({ name }: FolderEntry): string => {
    const folder = listing.value?.path ?? '';
    const separator = folder.includes('\\') ? '\\' : '/';
    return folder.endsWith(separator) ? folder + name : `${folder}${separator}${name}`;
  };
  const chosen = computed(() => (entry.value ? pathOf(entry.value) : (listing.value?.path ?? '')));

  function move(by: number): void {
    const count = listing.value?.entries.length ?? 0;
    active.value = Math.max(-1, Math.min(count - 1, active.value + by));
  }
  return {
    listing,
    problem,
    isReading,
    containing,
    hidden,
    active,
    entry,
    chosen,
    go,
    readAgain: () => go(wanted),
    pathOf,
    move,
  };
}
