import type { HoldImages, ImageBytes } from '../../src-shared/training/image-bytes.ts';
import { holdOnce } from './hold-once.ts';

/** Images whose bytes an engine has on its device. The same images have one number also when they are held anew, for the next run. */
export class HeldImages {
  readonly hold: HoldImages;
  readonly #numbers = new WeakMap<Uint8Array, number>();
  readonly #held = new Map<number, Uint8Array>();
  #last = 0;

  constructor() {
    this.hold = holdOnce({
      hold: (images) => {
        const number = this.#numbers.get(images) ?? ++this.#last;
        this.#numbers.set(images, number);
        this.#held.set(number, images);
        return number;
      },
      letGo: (number) => this.#held.delete(number),
    });
  }

  /** Those that are held under a number. @throws Error where there are none */
  bytes(number: number): Uint8Array {
    const found = this.#held.get(number);
    if (found === undefined) throw new Error(`images: memory ${number} is not held`);
    return found;
  }

  /** The bytes of a batch, image after image. @param size bytes of each */
  bytesOf({ memory, places }: Pick<ImageBytes, 'memory' | 'places'>, size: number): Uint8Array {
    const all = this.bytes(memory[0] ?? -1);
    const own = new Uint8Array(places.length * size);
    for (const [at, place] of places.entries())
      own.set(all.subarray(place * size, (place + 1) * size), at * size);
    return own;
  }
}
