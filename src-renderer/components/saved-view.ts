import { z } from 'zod';
import type { SavedView } from '../../src-shared/contract/api/runs.ts';

/** The page whose views have no other name in the store, unless they would be taken for another page's. */
const FIRST = 'runs';

const savedSchema = z.object({
  page: z.string(),
  /** As the page calls it; earlier versions have it in the store's name alone. */
  name: z.string().optional(),
  query: z.record(z.string(), z.string()),
});

/** What the store calls a view of a page: no two pages' views have one name there. */
export function savedName(page: string, name: string): string {
  return page === FIRST && !/^(runs|compare|layers): /.test(name) ? name : `${page}: ${name}`;
}

/** What a view of the store is called on a page; null where it is another page's. */
export function shownName(page: string, { name, query }: Pick<SavedView, 'name' | 'query'>): string | null {
  const { data } = savedSchema.safeParse(query);
  if ((data?.page ?? FIRST) !== page) return null;
  const before = `${page}: `;
  return data?.name ?? (page !== FIRST && name.startsWith(before) ? name.slice(before.length) : name);
}

/** @param query of the address of the page */
export function viewToSave(
  page: string,
  name: string,
  query: Readonly<Record<string, unknown>>,
): z.infer<typeof savedSchema> {
  const texts = Object.entries(query).filter((part): part is [string, string] => typeof part[1] === 'string');
  return { page, name, query: Object.fromEntries(texts) };
}

/** The parts of the address that a view has; null where it was saved otherwise. */
export function partsOfView(page: string, saved: unknown): Readonly<Record<string, string>> | null {
  const read = savedSchema.safeParse(saved);
  return read.success && read.data.page === page ? read.data.query : null;
}
