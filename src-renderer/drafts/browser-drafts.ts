import { z } from 'zod';

/**
 * Texts that the host does not have yet: typed in the last moment before the page went, or while the host could not be
 * reached or could not write. The browser keeps them until the host does.
 */
const browserDraftSchema = z.object({
  /** Of this text in this browser. */
  key: z.string(),
  /** The draft that it belongs to and the version that it was made from; null for a new one. */
  draft: z.object({ id: z.string(), base: z.string() }).nullable(),
  text: z.string(),
  changedAt: z.string(),
});
export type BrowserDraft = Readonly<z.infer<typeof browserDraftSchema>>;

/** What of the browser's storage is needed here. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'draft ';

export function readBrowserDrafts(storage: DraftStorage): BrowserDraft[] {
  const names = Array.from({ length: storage.length }, (_, place) => storage.key(place) ?? '');
  return names
    .filter((name) => name.startsWith(PREFIX))
    .flatMap((name) => parsed(storage.getItem(name)) ?? [])
    .toSorted((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
}

/** Whether it could be kept: a browser may be out of room, or be told to keep nothing. */
export function keepInBrowser(storage: DraftStorage, draft: BrowserDraft): boolean {
  try {
    storage.setItem(PREFIX + draft.key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function forgetInBrowser(storage: DraftStorage, key: string): void {
  storage.removeItem(PREFIX + key);
}

function parsed(text: string | null): BrowserDraft | null {
  try {
    return browserDraftSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
