import { pngOf } from '../png-of.ts';
import { createShrinker } from './shrink.ts';

/** Side of a mean picture; of very many classes less, so that their sums fit into memory. */
const LARGEST_SIDE = 64;
const MOST_SUMS = 2 ** 24;

/** Sums up images, class by class. Sums of bytes are exact up to 16 million images of a class. */
export class MeanPictures {
  readonly #classes: number;
  readonly #shape: readonly [height: number, width: number, channels: number];
  readonly #pixels: (image: Uint8Array) => ArrayLike<number>;
  readonly #sums: Uint32Array;
  readonly #counts: Uint32Array;

  constructor(shape: readonly [height: number, width: number, channels: number], classes: number) {
    const [height, width, channels] = shape;
    const most = Math.floor(Math.sqrt(MOST_SUMS / (classes * channels)));
    const side = Math.max(1, Math.min(LARGEST_SIDE, most));
    const isSmall = height <= side && width <= side;
    const shrinker = isSmall ? null : createShrinker(shape, side);
    this.#classes = classes;
    this.#shape = isSmall ? shape : [side, side, channels];
    this.#pixels = (image) => shrinker?.shrink(image) ?? image;
    this.#sums = new Uint32Array(classes * this.#size());
    this.#counts = new Uint32Array(classes);
  }

  add(image: Uint8Array, label: number): void {
    const pixels = this.#pixels(image);
    const start = label * this.#size();
    for (let at = 0; at < pixels.length; at++)
      this.#sums[start + at] = (this.#sums[start + at] as number) + Math.round(pixels[at] as number);
    this.#counts[label] = (this.#counts[label] as number) + 1;
  }

  /** Of all images, then of each class, as PNG; null for one without images. */
  async pictures(): Promise<{
    readonly all: Uint8Array<ArrayBuffer>;
    readonly classes: (Uint8Array<ArrayBuffer> | null)[];
  }> {
    const size = this.#size();
    const total = new Float64Array(size);
    for (let at = 0; at < this.#sums.length; at++)
      total[at % size] = (total[at % size] as number) + (this.#sums[at] as number);
    const count = this.#counts.reduce((sum, each) => sum + each, 0);
    const classes: (Uint8Array<ArrayBuffer> | null)[] = [];
    for (let label = 0; label < this.#classes; label++) {
      const sums = this.#sums.subarray(label * size, (label + 1) * size);
      const images = this.#counts[label] as number;
      classes.push(images === 0 ? null : await this.#picture(sums, images));
    }
    return { all: await this.#picture(total, count), classes };
  }

  #picture(sums: ArrayLike<number>, count: number): Promise<Uint8Array<ArrayBuffer>> {
    const mean = Uint8Array.from(sums, (sum) => Math.round(sum / Math.max(1, count)));
    return pngOf(mean, this.#shape);
  }

  #size(): number {
    return this.#shape[0] * this.#shape[1] * this.#shape[2];
  }
}
