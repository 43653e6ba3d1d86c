import type { Shape } from '../../../src-shared/networks/layer.ts';

/** An image that excites a channel. */
export interface StrongImage {
  /** Place in the set. */
  readonly image: number;
  readonly value: number;
  readonly row: number;
  readonly column: number;
}

/** The images that excite each channel of a layer most, of all that it was told of; no more than these are kept. */
export class StrongestImages {
  readonly #width: number;
  readonly #top: number;
  /** Of each channel the strongest first. */
  readonly #channels: readonly StrongImage[][];

  /** @param top how many images of a channel are kept */
  constructor([, width, channels]: Shape, top: number) {
    this.#width = width;
    this.#top = top;
    this.#channels = Array.from({ length: channels }, () => []);
  }

  /**
   * Images are told in their order, so that of equal ones the first stays first.
   * @param first place in the set of the first of them
   * @param values [images, channels]: the largest output over all places
   * @param places [images, channels]: its place, row by row
   */
  add(first: number, values: Float32Array, places: Float32Array): void {
    const channels = this.#channels.length;
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as number;
      const strongest = this.#channels[at % channels] as StrongImage[];
      const weakest = strongest.length < this.#top ? 0 : (strongest.at(-1)?.value ?? Infinity);
      if (!(value > weakest)) continue;
      const place = places[at] as number;
      const [row, column] = [Math.floor(place / this.#width), place % this.#width];
      const rank = strongest.findIndex((other) => other.value < value);
      const image = first + Math.floor(at / channels);
      strongest.splice(rank === -1 ? strongest.length : rank, 0, { image, value, row, column });
      if (strongest.length > this.#top) strongest.pop();
    }
  }

  /** The strongest first; none for a channel that is never above zero. */
  of(channel: number): readonly StrongImage[] {
    return this.#channels[channel] ?? [];
  }

  /**
   * The channels with the greatest sums of the responses to their images, the greatest first; those that are never above
   * zero are not among them.
   */
  strongestChannels(count: number): number[] {
    return this.#channels
      .map((images, channel) => ({ channel, sum: images.reduce((sum, { value }) => sum + value, 0) }))
      .filter(({ sum }) => sum > 0)
      .sort((a, b) => b.sum - a.sum || a.channel - b.channel)
      .slice(0, count)
      .map(({ channel }) => channel);
  }

  /** Mean purity over the channels that are ever above zero; null where none is. */
  meanPurity(labels: ArrayLike<number>): number | null {
    const purities = this.#channels
      .map((images) => classPurity(images, labels))
      .filter((purity) => purity !== null);
    return purities.length === 0 ? null : purities.reduce((sum, purity) => sum + purity, 0) / purities.length;
  }
}

/** Share of the images that belong to the class that is most frequent among them; null of none. */
export function classPurity(images: readonly StrongImage[], labels: ArrayLike<number>): number | null {
  const counts = new Map<number, number>();
  for (const { image } of images) {
    const label = labels[image] ?? 0;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return images.length === 0 ? null : Math.max(...counts.values()) / images.length;
}
