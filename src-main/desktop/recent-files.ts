import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../files/write-whole.ts';

/** As many as a menu shows without a search. */
const MOST = 10;

/** The study files that were opened or saved last, the latest first, kept in `file`. */
export interface RecentFiles {
  list(): readonly string[];
  add(path: string): void;
  clear(): void;
}

export function recentFiles(file: string): RecentFiles {
  let paths = read(file);
  const keep = (now: readonly string[]): void => {
    paths = now;
    try {
      writeWhole(file, JSON.stringify(paths));
    } catch (error) {
      console.error(`kindling: the list of recent files could not be saved: ${String(error)}`);
    }
  };
  return {
    list: () => paths,
    add: (path) => keep([path, ...paths.filter((other) => other !== path)].slice(0, MOST)),
    clear: () => keep([]),
  };
}

function read(file: string): readonly string[] {
  try {
    return z
      .array(z.string())
      .max(MOST)
      .parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // As at the first start; a damaged list of conveniences is not worth a word.
    return [];
  }
}
