import fs from 'node:fs';
import { Problem } from '../../src-shared/mistakes/problem.ts';
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

/**
 * The bytes of some images, [h, w, c] each.
 * @param name of what they are of, for messages
 * @param what one of them is, for messages
 * @throws Problem `not-found` for a place that the part does not have
 */
export function pixelsOf(
  part: ImagePart,
  images: readonly number[],
  name: string,
  what = 'test image',
): Uint8Array[] {
  const beyond = images.find((image) => image >= part.count);
  if (beyond !== undefined)
    throw new Problem('not-found', `There is no ${what} ${beyond}: ${name} has ${part.count}.`);
  const reader = openImages(part);
  try {
    return images.map((image) => reader.at(image).slice());
  } finally {
    reader.close();
  }
}
