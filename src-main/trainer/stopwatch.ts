/** Divides time among parts: each moment belongs to exactly one, so that the parts add up to the whole. */
export class Stopwatch<Part extends string> {
  readonly #milliseconds: Record<Part, number>;
  #part: Part;
  #since = performance.now();

  /** @param first what the time belongs to from now on */
  constructor(parts: readonly Part[], first: Part) {
    this.#milliseconds = Object.fromEntries(parts.map((part) => [part, 0])) as Record<Part, number>;
    this.#part = first;
  }

  /** From now on the time belongs to another part. @returns milliseconds that this stretch of the former part took */
  turnTo(part: Part): number {
    const now = performance.now();
    const took = now - this.#since;
    this.#milliseconds[this.#part] += took;
    this.#part = part;
    this.#since = now;
    return took;
  }

  /** Seconds of each part until now. */
  seconds(): Record<Part, number> {
    this.turnTo(this.#part);
    const entries = Object.entries<number>(this.#milliseconds).map(([part, value]) => [part, value / 1000]);
    return Object.fromEntries(entries) as Record<Part, number>;
  }
}
