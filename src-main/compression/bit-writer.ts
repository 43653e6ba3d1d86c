/** Collects bits, the most significant of each number first; the last byte is filled up with zeros. */
export class BitWriter {
  readonly #bytes: number[] = [];
  #used = 0;

  /** @param width bits of the value to write, at most 53 */
  write(value: number, width: number): void {
    for (let place = width - 1; place >= 0; place--) {
      if (this.#used % 8 === 0) this.#bytes.push(0);
      const bit = Math.floor(value / 2 ** place) % 2;
      const last = this.#bytes.length - 1;
      this.#bytes[last] = (this.#bytes[last] ?? 0) | (bit << (7 - (this.#used % 8)));
      this.#used += 1;
    }
  }

  get bits(): number {
    return this.#used;
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
