import type { ImagePart } from './dataset.ts';
import { openImages } from './image-reader.ts';

/** Mean and standard deviation of each channel, of bytes divided by 255. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** A deviation below half a grey level is a constant channel; dividing by it would only blow up rounding. */
const SMALLEST_STD = 0.5 / 255;

/** So many squares of bytes add up to less than 2^31: in integers, which takes half as long as in floating point. */
const PIXELS_AT_ONCE = 2 ** 15;

/**
 * Mean and population standard deviation of each channel over all pixels of the given images, of bytes / 255.
 * Exact sums of integers, so they do not depend on the order. A constant channel counts as having deviation 1.
 * @param indices of the images to count; the training part after the validation cut
 */
export function channelStatistics(part: ImagePart, indices: Uint32Array): ChannelStatistics {
  const sums = new ChannelSums(part.shape[2]);
  const images = openImages(part);
  try {
    for (const index of indices) sums.add(images.at(index));
  } finally {
    images.close();
  }
  return sums.statistics();
}

/** Sums over the pixels of images, added one by one. */
export class ChannelSums {
  readonly #channels: number;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  #values = 0;

  constructor(channels: number) {
    this.#channels = channels;
    this.#sums = new Float64Array(channels);
    this.#squares = new Float64Array(channels);
  }

  add(image: Uint8Array): void {
    const channels = this.#channels;
    const atOnce = PIXELS_AT_ONCE * channels;
    for (let from = 0; from < image.length; from += atOnce) {
      const end = Math.min(image.length, from + atOnce);
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        let square = 0;
        for (let at = from + channel; at < end; at += channels) {
          const value = image[at] as number;
          sum = (sum + value) | 0;
          square = (square + Math.imul(value, value)) | 0;
        }
        this.#sums[channel] = (this.#sums[channel] ?? 0) + sum;
        this.#squares[channel] = (this.#squares[channel] ?? 0) + square;
      }
    }
    this.#values += image.length;
  }

  statistics(): ChannelStatistics {
    const pixels = this.#values / this.#channels;
    const mean = Array.from(this.#sums, (sum) => sum / pixels / 255);
    const std = Array.from(this.#squares, (square, channel) => {
      const value = Math.sqrt(Math.max(0, square / pixels / 255 ** 2 - (mean[channel] ?? 0) ** 2));
      return value < SMALLEST_STD ? 1 : value;
    });
    return { mean, std };
  }
}

/**
 * (byte / 255 - mean) / std for every byte of every channel: entry [channel * 256 + byte].
 * One table serves augmentation and evaluation, so that both see the same values to the last bit.
 */
export function normalizationTable({ mean, std }: ChannelStatistics): Float32Array {
  const table = new Float32Array(mean.length * 256);
  for (const [channel, center] of mean.entries()) {
    for (let byte = 0; byte < 256; byte++) {
      table[channel * 256 + byte] = (byte / 255 - center) / (std[channel] ?? 1);
    }
  }
  return table;
}

/** What images are normalised from and to. */
export interface Normalizing {
  readonly images: Uint8Array;
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Of `normalizationTable`. */
  readonly table: Float32Array;
  readonly output: Float32Array;
}

/**
 * Normalises so many pixels that lie one after another.
 * @param source of the first byte in `images`
 * @param target of the first value in `output`
 * @param mirrored writes each pixel before the one that was written last, not behind it
 */
export function writePixels(
  { images, shape: [, , channels], table, output }: Normalizing,
  source: number,
  target: number,
  pixels: number,
  mirrored = false,
): void {
  const end = source + pixels * channels;
  const step = mirrored ? -channels : channels;
  if (channels === 3) {
    // most images are in colour: without a loop over the channels it takes less than half the time
    for (let from = source, to = target; from < end; from += 3, to += step) {
      output[to] = table[images[from] as number] as number;
      output[to + 1] = table[256 | (images[from + 1] as number)] as number;
      output[to + 2] = table[512 | (images[from + 2] as number)] as number;
    }
    return;
  }
  for (let from = source, to = target; from < end; from += channels, to += step)
    for (let channel = 0; channel < channels; channel++)
      output[to + channel] = table[(channel << 8) | (images[from + channel] as number)] as number;
}
