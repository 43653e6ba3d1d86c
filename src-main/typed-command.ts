import { resolve } from 'node:path';
import { storeFile } from './home.ts';

/**
 * A command for the user to type about a store: `kindling run list --state failed`, with `--store` where it is another store
 * than that of KINDLING_HOME.
 * @param words what follows `kindling`
 */
export function typedCommand(words: string, store: string): string {
  const option = resolve(store) === storeFile() ? '' : ` --store ${quoted(resolve(store))}`;
  return `kindling ${words}${option}`;
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
