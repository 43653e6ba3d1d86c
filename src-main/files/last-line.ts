import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Most of a line that is shown, and of a file's end that is looked through for it. */
const MOST_LETTERS = 500;
const MOST_BYTES = 4096;

/** The last words of a log, which may be long; null where it says nothing or is not there. */
export function lastLine(file: string): string | null {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return null;
  }
  try {
    const { size } = fstatSync(handle);
    const end = Buffer.alloc(Math.min(size, MOST_BYTES));
    readSync(handle, end, 0, end.length, size - end.length);
    return end.toString('utf8').trim().split('\n').at(-1)?.slice(0, MOST_LETTERS) || null;
  } finally {
    closeSync(handle);
  }
}
