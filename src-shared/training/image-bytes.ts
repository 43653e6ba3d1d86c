/**
 * Images of a batch as bytes, which an engine varies and normalises itself: a quarter of the memory of their values, and no pass
 * over it before the step.
 */
export interface ImageBytes {
  /** [n, wordsOf(shape)]: the bytes of each image, h x w x c, four in a number; what is left of the last counts for nothing. */
  readonly words: Int32Array;
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

/** Numbers that hold the bytes of an image. */
export function wordsOf(shape: readonly number[]): number {
  return Math.ceil(shape.reduce((product, extent) => product * extent, 1) / 4);
}
