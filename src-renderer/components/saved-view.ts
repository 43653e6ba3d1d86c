import { z } from 'zod';

/** The page whose views have no other name in the store; those of other pages say which page they are of. */
const FIRST = 'runs';

const savedSchema = z.object({ page: z.string(), query: z.record(z.string(), z.string()) });

/** What the store calls a view of a page. */
export function savedName(page: string, name: string): string {
  return page === FIRST ? name : `${page}: ${name}`;
}

/** What a view of the store is called on a page; null where it is another page's. */
export function shownName(page: string, saved: string): string | null {
  const [, of, name] = /^(compare|layers): (.*)$/s.exec(saved) ?? [null, FIRST, saved];
  return of === page ? (name ?? saved) : null;
}

/** @param query of the address of the page */
export function viewToSave(page: string, query: Readonly<Record<string, unknown>>): unknown {
  const texts = Object.entries(query).filter((part): part is [string, string] => typeof part[1] === 'string');
  return { page, query: Object.fromEntries(texts) };
}

/** The parts of the address that a view has; null where it was saved otherwise. */
export function partsOfView(page: string, saved: unknown): Readonly<Record<string, string>> | null {
  const read = savedSchema.safeParse(saved);
  return read.success && read.data.page === page ? read.data.query : null;
}
