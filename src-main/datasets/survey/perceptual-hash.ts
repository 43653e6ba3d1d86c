import { createShrinker } from './shrink.ts';

/** Side of the picture that is hashed, and of the one that is compared. */
const SIDE = 32;
export const COMPARED_SIDE = 16;

/** Frequencies in each direction that are hashed. */
const LOW = 8;

/** Rec. 601, as most programs turn colours to grey. */
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

/** What of an image is compared with others. */
export interface Fingerprint {
  /** 64 bits, the first 32 of them first. */
  readonly hash: readonly [high: number, low: number];
  /** Brightness of 16 x 16 places, 0 to 255, rounded; valid until the next one is made. */
  readonly brightness: Uint8Array;
}

/**
 * The perceptual hash "pHash" (Zauner 2010, "Implementation and benchmarking of perceptual image hash functions"): of the 8 x 8
 * lowest frequencies (DCT-II) of the image in grey at 32 x 32, whether each is above their median. Frequencies are rounded to
 * 1/64, so that what is zero but for the order of a sum has the same bit everywhere.
 */
export function createFingerprinter(
  shape: readonly [height: number, width: number, channels: number],
): (image: Uint8Array) => Fingerprint {
  const shrinker = createShrinker(shape, SIDE);
  const cosines = Float64Array.from({ length: LOW * SIDE }, (_, at) =>
    Math.cos((Math.PI * Math.floor(at / SIDE) * (2 * (at % SIDE) + 1)) / (2 * SIDE)),
  );
  const grey = new Float64Array(SIDE * SIDE);
  const across = new Float64Array(SIDE * LOW);
  const frequencies = new Float64Array(LOW * LOW);
  const brightness = new Uint8Array(COMPARED_SIDE * COMPARED_SIDE);
  return (image) => {
    const shrunken = shrinker.shrink(image);
    if (shape[2] === 1) grey.set(shrunken);
    else
      for (let at = 0; at < grey.length; at++)
        grey[at] =
          RED * (shrunken[3 * at] as number) +
          GREEN * (shrunken[3 * at + 1] as number) +
          BLUE * (shrunken[3 * at + 2] as number);
    for (let y = 0; y < SIDE; y++)
      for (let u = 0; u < LOW; u++) {
        let sum = 0;
        for (let x = 0; x < SIDE; x++)
          sum += (grey[y * SIDE + x] as number) * (cosines[u * SIDE + x] as number);
        across[y * LOW + u] = sum;
      }
    for (let v = 0; v < LOW; v++)
      for (let u = 0; u < LOW; u++) {
        let sum = 0;
        for (let y = 0; y < SIDE; y++)
          sum += (across[y * LOW + u] as number) * (cosines[v * SIDE + y] as number);
        frequencies[v * LOW + u] = Math.round(sum * 64) / 64;
      }
    for (let y = 0; y < COMPARED_SIDE; y++)
      for (let x = 0; x < COMPARED_SIDE; x++) {
        const at = 2 * y * SIDE + 2 * x;
        const four =
          (grey[at] as number) +
          (grey[at + 1] as number) +
          (grey[at + SIDE] as number) +
          (grey[at + SIDE + 1] as number);
        brightness[y * COMPARED_SIDE + x] = Math.floor(four / 4 + 0.5);
      }
    return { hash: bitsOf(frequencies), brightness };
  };
}

function bitsOf(frequencies: Float64Array): [high: number, low: number] {
  const sorted = frequencies.toSorted();
  const middle = frequencies.length / 2;
  const median = ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  let [high, low] = [0, 0];
  for (let bit = 0; bit < 32; bit++) {
    if ((frequencies[bit] as number) > median) high |= 1 << (31 - bit);
    if ((frequencies[32 + bit] as number) > median) low |= 1 << (31 - bit);
  }
  return [high >>> 0, low >>> 0];
}
