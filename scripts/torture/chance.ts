import { setTimeout as wait } from 'node:timers/promises';
import { type RandomStream, randomStream } from '../../src-shared/random.ts';

/** Random choices that a seed repeats; how the machine answers them it does not. */
export class Chance {
  readonly seed: number;
  readonly #random: RandomStream;

  constructor(seed: number) {
    this.seed = seed;
    this.#random = randomStream(seed, 'torture');
  }

  /** True in so many cases of one. */
  is(share: number): boolean {
    return this.#random.uniform() < share;
  }

  /** From `least` to below `most`. */
  between(least: number, most: number): number {
    return least + (most - least) * this.#random.uniform();
  }

  /** @throws Error for an empty list */
  one<T>(of: readonly T[]): T {
    const chosen = of[this.#random.integer(Math.max(1, of.length))];
    if (chosen === undefined) throw new Error('there is nothing to choose from');
    return chosen;
  }

  /** A random part of so many milliseconds. */
  moment(most: number): Promise<void> {
    return wait(this.between(0, most));
  }
}
