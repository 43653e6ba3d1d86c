import { Problem } from '../../src-shared/mistakes/problem.ts';

/** Reads what `BitWriter` wrote. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws Problem `data-invalid` behind the last bit */
  bit(): number {
    const byte = this.#bytes[this.#at >> 3];
    if (byte === undefined) throw new Problem('data-invalid', 'The compressed weights end too early.');
    const bit = (byte >> (7 - (this.#at & 7))) & 1;
    this.#at += 1;
    return bit;
  }

  /** @param width at most 53 */
  read(width: number): number {
    let value = 0;
    for (let place = 0; place < width; place++) value = value * 2 + this.bit();
    return value;
  }

  /** Bytes that have been begun. */
  get position(): number {
    return Math.ceil(this.#at / 8);
  }
}
