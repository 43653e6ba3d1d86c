import fs from 'node:fs';

/**
 * Decoded pictures on disk, one behind the other, as memory could not hold them all. The file has no name from the
 * beginning, so that it is gone with whoever has it open, however that ends.
 */
export class ScratchFile {
  readonly #handle: number;
  #end = 0;

  constructor(file: string) {
    this.#handle = fs.openSync(file, 'wx+');
    fs.unlinkSync(file);
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
    for (let done = 0; done < into.length;) {
      const read = fs.readSync(this.#handle, into, done, into.length - done, at + done);
      if (read === 0) throw new Error(`the scratch file ends at ${at + done}`);
      done += read;
    }
  }

  close(): void {
    fs.closeSync(this.#handle);
  }
}
