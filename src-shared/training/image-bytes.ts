/**
 * Images of a batch by where their bytes lie, which an engine reads, varies and normalises itself: nothing is copied, and memory is
 * read once, in the step.
 */
export interface ImageBytes {
  /** [1]: the number of the memory in which they lie. */
  readonly memory: Int32Array;
  /** [n]: the place of each image in it, counted in images. */
  readonly places: Int32Array;
  /**
   * [n, VARIATION_NUMBERS]: pixels by which the image moves up and left, 1 if it is mirrored after that, and first row, row behind
   * the last, first column and column behind the last of a rectangle that is blanked at the end.
   */
  readonly variations: Int32Array;
  /** What each byte of each channel becomes, [c, 256]. What lies outside an image, and the rectangle, becomes 0. */
  readonly table: Float32Array;
}

/** Normalised values, [n, h, w, c], or the bytes that they are made of. */
export type BatchImages = Float32Array | ImageBytes;

export const VARIATION_NUMBERS = 7;

/** Memory with the bytes of images, h x w x c each, that an engine reads. */
export interface ImageMemory {
  /** By which a batch names it. */
  readonly number: number;
  /** Batches that name it are refused, until the same images are held again; may be called again. */
  letGo(): void;
}

/** Has an engine read images where they lie. Whoever calls it lets go of the memory; until it is first read it may be filled, from then on it stays as it is. */
export type HoldImages = (images: Uint8Array) => ImageMemory;
