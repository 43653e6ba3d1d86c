import fs from 'node:fs';
import { readAt } from '../files/read-at.ts';
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
