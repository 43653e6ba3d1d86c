import type { ExecutorField } from '../../src-shared/contract/api/executors.ts';

type Texts = Readonly<Record<string, string>>;
type Said = Readonly<Record<string, unknown>>;

/** What was said of a place, as its fields show it. */
export function shownSettings(fields: readonly ExecutorField[], said: Said): Texts {
  return Object.fromEntries(
    fields.map(({ name }): [string, string] => {
      const value = said[name];
      const parts: readonly unknown[] = Array.isArray(value) ? value : [value ?? ''];
      return [name, parts.map(String).join(' ')];
    }),
  );
}

/** What fields say of a place; an empty one says nothing, and what is no number is left for the check to name. */
export function saidSettings(fields: readonly ExecutorField[], texts: Texts): Said {
  return Object.fromEntries(
    fields.flatMap(({ name, kind }): [string, unknown][] => {
      const text = (texts[name] ?? '').trim();
      if (text === '') return [];
      if (kind === 'switch') return [[name, text === 'true']];
      if (kind === 'words') return [[name, text.split(/\s+/)]];
      return [[name, kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text]];
    }),
  );
}
