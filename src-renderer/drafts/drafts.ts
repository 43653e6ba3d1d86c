import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import type { StudyDraft } from '../../src-shared/contract/api/drafts.ts';
import { nameInText } from '../../src-shared/studies/name-in-text.ts';
import { request } from '../connection/request.ts';
import { type BrowserDraft, forgetInBrowser, readBrowserDrafts } from './browser-drafts.ts';
import { useLoading } from '../stores/loading.ts';

/** A draft in a list: the host's, or one that only this browser has. */
export interface ListedDraft {
  /** Stands in the address of the page that opens it. */
  readonly key: string;
  readonly name: string;
  readonly changedAt: string;
  readonly kept: StudyDraft | null;
  readonly browser: BrowserDraft | null;
}

/** Every study that is being written, the newest first. */
export const useDrafts = defineStore('drafts', () => {
  const kept = shallowRef<readonly StudyDraft[]>([]);
  const inBrowser = shallowRef<readonly BrowserDraft[]>(readBrowserDrafts(localStorage));
  /** Of the text that is open in this window, which its editor sees to. */
  let openKey = '';

  const loading = useLoading(async (isLatest) => {
    await giveToHost();
    const listed = await request('drafts.list', {});
    if (isLatest()) kept.value = listed;
  }, apply);

  function apply(event: ApplicationEvent): void {
    if (event.type === 'draft') put(event.draft);
    if (event.type === 'draft removed') kept.value = kept.value.filter(({ id }) => id !== event.id);
  }

  function put(draft: StudyDraft): void {
    kept.value = [draft, ...kept.value.filter(({ id }) => id !== draft.id)];
  }

  /** What the browser kept while the host could not: of windows that were closed, or drafts that were left. */
  async function giveToHost(): Promise<void> {
    for (const { key, draft, text } of readBrowserDrafts(localStorage)) {
      if (key === openKey) continue;
      const given = await request('drafts.save', { draft, text }).catch(() => null);
      if (!given) break;
      forgetInBrowser(localStorage, key);
      moved.set(key, given.draft.id);
    }
    look();
  }
  /** Ids that the host gave to texts of the browser. */
  const moved = new Map<string, string>();

  /** Looks again what the browser has. */
  function look(): void {
    inBrowser.value = readBrowserDrafts(localStorage);
  }

  const all = computed((): readonly ListedDraft[] =>
    [
      ...kept.value.map((draft): ListedDraft => ({
        ...{ key: draft.id, name: draft.name, changedAt: draft.changedAt },
        ...{ kept: draft, browser: null },
      })),
      ...inBrowser.value.map((draft): ListedDraft => ({
        ...{ key: draft.key, name: nameInText(draft.text), changedAt: draft.changedAt },
        ...{ kept: null, browser: draft },
      })),
    ].toSorted((a, b) => (a.changedAt < b.changedAt ? 1 : -1)),
  );

  function find(key: string): ListedDraft | null {
    const place = moved.get(key) ?? key;
    return all.value.find((draft) => draft.key === place) ?? null;
  }

  /** Deletes a draft as it is listed; whether it is gone: it stays where it was changed meanwhile. */
  async function remove({ kept: onHost, key }: ListedDraft): Promise<boolean> {
    if (onHost) return request('drafts.remove', { id: onHost.id, version: onHost.version });
    forgetInBrowser(localStorage, key);
    look();
    return true;
  }

  function editing(key: string): void {
    openKey = key;
  }

  return { all, kept, find, remove, put, look, editing, ...loading };
});
