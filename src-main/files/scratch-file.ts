import fs from 'node:fs';
import { readAt } from './read-at.ts';

/**
 * What memory could not hold: bytes on disk, one piece behind the other. The file has no name from the beginning, so that it is
 * gone with whoever has it open, however that ends.
 */
export class ScratchFile {
  readonly #handle: number;
  #end = 0;

  /** @param isKept for a file that keeps its name */
  constructor(file: string, isKept = false) {
    this.#handle = fs.openSync(file, 'wx+');
    if (!isKept) fs.unlinkSync(file);
  }

  /** @returns where it lies */
  append(bytes: Uint8Array): number {
    const at = this.#end;
    for (let done = 0; done < bytes.length;)
      done += fs.writeSync(this.#handle, bytes, done, bytes.length - done, at + done);
    this.#end += bytes.length;
    return at;
  }

  read(at: number, into: Uint8Array): void {
    readAt(this.#handle, into, at);
  }

  close(): void {
    fs.closeSync(this.#handle);
  }
}
