import { closeSync, openSync, readSync } from 'node:fs';

/**
 * The first bytes of a file, a pipe or the standard input, and no more than these. @param file its path, or an open descriptor
 * @throws what the system says
 */
export function readAtMost(file: string | number, most: number): Uint8Array {
  const descriptor = typeof file === 'number' ? file : openSync(file, 'r');
  try {
    const bytes = new Uint8Array(most);
    let length = 0;
    for (;;) {
      const count = readSync(descriptor, bytes, length, bytes.length - length, null);
      length += count;
      if (count === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } finally {
    if (descriptor !== file) closeSync(descriptor);
  }
}

/** Why the system could not read a file, as part of a sentence. */
export function whyUnread(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'its permissions do not allow it',
};
