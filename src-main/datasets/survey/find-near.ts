import { FLAT_DEVIATION, NEAR_BITS, NEAR_CORRELATION } from '../../../src-shared/datasets/dataset-survey.ts';
import { COMPARED_SIDE, type Fingerprint } from './perceptual-hash.ts';

/** Bands of a hash: two hashes that differ in fewer bits than there are bands are the same in one of them. */
const BANDS = NEAR_BITS + 1;
const BAND_BITS = 64 / BANDS;

/** Pairs of hashes that are compared at most: some seconds. */
const MOST_COMPARED = 2e9;

const PIXELS = COMPARED_SIDE * COMPARED_SIDE;

/** What is kept of each image to compare it with the others: some 280 bytes. */
export class Fingerprints {
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  readonly #brightness: Uint8Array;
  readonly #mean: Float64Array;
  /** Square root of the sum of squared differences from the mean; 0 for a flat image. */
  readonly #norm: Float64Array;
  flat = 0;

  constructor(count: number) {
    this.#high = new Uint32Array(count);
    this.#low = new Uint32Array(count);
    this.#brightness = new Uint8Array(count * PIXELS);
    this.#mean = new Float64Array(count);
    this.#norm = new Float64Array(count);
  }

  set(place: number, { hash: [high, low], brightness }: Fingerprint): void {
    let [sum, squares] = [0, 0];
    for (const value of brightness) {
      sum += value;
      squares += value * value;
    }
    const mean = sum / PIXELS;
    const variance = squares / PIXELS - mean * mean;
    const isFlat = variance < FLAT_DEVIATION ** 2;
    if (isFlat) this.flat += 1;
    this.#high[place] = high;
    this.#low[place] = low;
    this.#brightness.set(brightness, place * PIXELS);
    this.#mean[place] = mean;
    this.#norm[place] = isFlat ? 0 : Math.sqrt(variance * PIXELS);
  }

  /**
   * Pairs whose hashes differ in at most NEAR_BITS bits and whose brightness correlates by at least NEAR_CORRELATION, each once.
   * @param onPair told of each; `one` is before `other`
   * @param pause awaited now and then, with the share that is done
   * @returns whether all were compared
   */
  async findPairs(
    onPair: (one: number, other: number, correlation: number) => void,
    pause: (share: number) => Promise<void>,
    mostCompared = MOST_COMPARED,
  ): Promise<boolean> {
    let compared = 0;
    for (let band = 0; band < BANDS; band++) {
      const buckets = this.#bucketsOf(band);
      for (const [index, bucket] of buckets.entries()) {
        for (let first = 0; first < bucket.length; first++) {
          compared += bucket.length - first - 1;
          if (compared > mostCompared) return false;
          if ((first & 1023) === 0) await pause((band + index / buckets.length) / BANDS);
          const one = bucket[first] as number;
          for (let second = first + 1; second < bucket.length; second++) {
            const other = bucket[second] as number;
            const high = ((this.#high[one] as number) ^ (this.#high[other] as number)) >>> 0;
            const low = ((this.#low[one] as number) ^ (this.#low[other] as number)) >>> 0;
            if (bits(high) + bits(low) > NEAR_BITS || wasSame(high, low, band)) continue;
            const correlation = this.#correlation(one, other);
            if (correlation >= NEAR_CORRELATION) onPair(one, other, correlation);
          }
        }
      }
    }
    return true;
  }

  /** Images that are not flat by what a band of their hashes is. */
  #bucketsOf(band: number): Uint32Array[] {
    const ends = new Uint32Array(2 ** BAND_BITS + 1);
    const count = this.#high.length;
    for (let place = 0; place < count; place++) {
      if (this.#norm[place] === 0) continue;
      const value = bandOf(this.#high[place] as number, this.#low[place] as number, band) + 1;
      ends[value] = (ends[value] as number) + 1;
    }
    for (let value = 1; value < ends.length; value++)
      ends[value] = (ends[value] as number) + (ends[value - 1] as number);
    const order = new Uint32Array(ends.at(-1) ?? 0);
    const next = ends.slice();
    for (let place = 0; place < count; place++) {
      if (this.#norm[place] === 0) continue;
      const value = bandOf(this.#high[place] as number, this.#low[place] as number, band);
      const at = next[value] as number;
      order[at] = place;
      next[value] = at + 1;
    }
    return Array.from({ length: ends.length - 1 }, (_, value) =>
      order.subarray(ends[value], ends[value + 1]),
    );
  }

  #correlation(one: number, other: number): number {
    const [first, second] = [one * PIXELS, other * PIXELS];
    let sum = 0;
    for (let pixel = 0; pixel < PIXELS; pixel++)
      sum += (this.#brightness[first + pixel] as number) * (this.#brightness[second + pixel] as number);
    const centred = sum - PIXELS * (this.#mean[one] as number) * (this.#mean[other] as number);
    return centred / ((this.#norm[one] as number) * (this.#norm[other] as number));
  }
}

function bandOf(high: number, low: number, band: number): number {
  const half = band < BANDS / 2 ? high : low;
  return (half >>> (32 - BAND_BITS * ((band % (BANDS / 2)) + 1))) & (2 ** BAND_BITS - 1);
}

/** Whether two hashes with these differences were the same in an earlier band, and the pair was told then. */
function wasSame(high: number, low: number, band: number): boolean {
  for (let earlier = 0; earlier < band; earlier++) if (bandOf(high, low, earlier) === 0) return true;
  return false;
}

/** Ones among 32 bits. */
function bits(value: number): number {
  let left = value - ((value >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
