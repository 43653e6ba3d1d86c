import { storeAt, storeFile } from './home.ts';

/**
 * A command for the user to type about a store: `kindling run list --state failed`, with `--store` where it is another store
 * than that of KINDLING_HOME.
 * @param words what follows `kindling`
 */
export function typedCommand(words: string, store: string): string {
  const file = storeAt(store);
  const option = file === storeFile() ? '' : ` --store ${shellWord(file)}`;
  return `kindling ${words}${option}`;
}

/** As a shell takes it for one word. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
