import fs from 'node:fs';

/** Bytes that are read at a time: systems read less than 2^31. */
const MOST = 2 ** 30;

/** Fills the bytes from a place of a file. @throws Error if it ends before */
export function readAt(handle: number, into: Uint8Array, at: number): void {
  for (let done = 0; done < into.length;) {
    const read = fs.readSync(handle, into, done, Math.min(MOST, into.length - done), at + done);
    if (read === 0) throw new Error(`the file ends at byte ${at + done}`);
    done += read;
  }
}
