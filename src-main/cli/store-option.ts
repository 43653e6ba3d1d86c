import type { Command } from 'commander';
import { storeAt, storeFile } from '../home.ts';

/** The store that a command works on: `--store`, else the one in KINDLING_HOME. */
export function storeOf(command: Command): string {
  const { store } = command.optsWithGlobals<{ store?: string }>();
  return store === undefined ? storeFile() : storeAt(store);
}
