/** Keeps several promises going at once, and stops at the first failure. */
export class InFlight {
  readonly #limit: number;
  readonly #going = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(work: Promise<void>): void {
    const watched = work
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#going.delete(watched));
    this.#going.add(watched);
  }

  /** Resolves once there is room for more; throws the first failure so far. */
  async room(): Promise<void> {
    while (this.#failure === null && this.#going.size >= this.#limit) await Promise.race(this.#going);
    this.#rethrow();
  }

  /** Resolves once all have ended; throws the first failure. */
  async drain(): Promise<void> {
    await Promise.all(this.#going);
    this.#rethrow();
  }

  #rethrow(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
