import fs from 'node:fs';
import type { ImagePart } from './dataset.ts';

/** Reads single images of a part. Whoever opens one closes it. */
export interface ImageReader {
  /** The bytes of an image: height x width x channels. Valid until the next one is read. */
  at(index: number): Uint8Array;
  close(): void;
}

/** Images in memory are not copied; those in a file are read each time, from the system's cache where they were read before. */
export function openImages(part: ImagePart): ImageReader {
  const size = part.shape[0] * part.shape[1] * part.shape[2];
  if ('images' in part) {
    const { images } = part;
    return { at: (index) => images.subarray(index * size, (index + 1) * size), close: () => undefined };
  }
  const handle = fs.openSync(part.file, 'r');
  const image = new Uint8Array(size);
  return {
    at: (index) => {
      readAt(handle, image, part.at + index * size);
      return image;
    },
    close: () => fs.closeSync(handle),
  };
}

/** Fills the bytes from a place of a file. @throws Error if it ends before */
export function readAt(handle: number, into: Uint8Array, at: number): void {
  for (let done = 0; done < into.length;) {
    const read = fs.readSync(handle, into, done, into.length - done, at + done);
    if (read === 0) throw new Error(`the file ends at byte ${at + done}`);
    done += read;
  }
}
