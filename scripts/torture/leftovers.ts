import fs from 'node:fs';
import path from 'node:path';

/** Folders of a home that are empty whenever nobody uses them. */
const EMPTY_AT_REST = ['features', 'uploads'];

/**
 * Files of a home that somebody began and nobody will end: under names of files that are being written, or in folders whose content is
 * for the moment.
 * @param before milliseconds since 1970: only what has not changed since
 */
export function leftovers(home: string, before: number): string[] {
  return fs
    .readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((name) => isPartial(name) && changedAt(path.join(home, name)) < before);
}

function isPartial(name: string): boolean {
  const [top = '', ...inside] = name.split(path.sep);
  if (top === 'engines' || top === 'data') return false;
  return (
    /\.(unfinished|replaced)(-wal|-shm|-journal)?$/.test(name) ||
    (EMPTY_AT_REST.includes(top) && inside.length > 0)
  );
}

function changedAt(file: string): number {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
}
