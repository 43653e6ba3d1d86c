import fs from 'node:fs';
import { labelBytes } from './content-hash.ts';

/** Bytes of images that are gathered until they are written. */
const GATHERED = 1 << 22;

/** Writes a part's file: the labels at its beginning, and behind them the images, in turn or at their places. */
export class PartWriter {
  readonly #handle: number;
  readonly #count: number;
  readonly #imageBytes: number;
  readonly #gathered = Buffer.allocUnsafe(GATHERED);
  #filled = 0;
  /** Bytes of images that are written, and where the next ones go. */
  #written = 0;

  /** @param imageBytes of each image */
  constructor(file: string, count: number, imageBytes: number) {
    this.#handle = fs.openSync(file, 'wx');
    this.#count = count;
    this.#imageBytes = imageBytes;
  }

  setLabels(labels: Uint16Array): void {
    if (labels.length !== this.#count) throw new Error(`${labels.length} labels for ${this.#count} images`);
    this.#write(labelBytes(labels), 0);
  }

  /** The next bytes of the images, cut anywhere. */
  append(bytes: Uint8Array): void {
    if (bytes.length > GATHERED - this.#filled) this.#flush();
    if (bytes.length > GATHERED) this.#add(bytes);
    else {
      this.#gathered.set(bytes, this.#filled);
      this.#filled += bytes.length;
    }
  }

  /** Images at their place; not to be mixed with `append`. */
  put(index: number, images: Uint8Array): void {
    this.#write(images, this.#count * 2 + index * this.#imageBytes);
    this.#written += images.length;
  }

  /** Checks that all images have come, and waits until the disk has them. */
  finish(): void {
    this.#flush();
    const due = this.#count * this.#imageBytes;
    if (this.#written !== due) throw new Error(`the images have ${this.#written} bytes, not ${due}`);
    fs.fsyncSync(this.#handle);
  }

  close(): void {
    fs.closeSync(this.#handle);
  }

  #flush(): void {
    this.#add(this.#gathered.subarray(0, this.#filled));
    this.#filled = 0;
  }

  #add(bytes: Uint8Array): void {
    this.#write(bytes, this.#count * 2 + this.#written);
    this.#written += bytes.length;
  }

  #write(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.length;)
      done += fs.writeSync(this.#handle, bytes, done, bytes.length - done, at + done);
  }
}
