/**
 * Random numbers that are the same on every machine.
 *
 * The generator is xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
 * 2021; public domain): 128 bits of state, 32 bits a draw, integer arithmetic only. A stream's state is
 * four MurmurHash3 (x86, 32 bits; Appleby) values of its name, so streams need no order of creation:
 * `randomStream(3, 'order', 7)` is the same numbers whoever asks, whenever.
 */

const TWO_TO_MINUS_32 = 2 ** -32;
const TWO_TO_32 = 2 ** 32;

/** MurmurHash3's finalizer: every bit of the input changes about half the bits of the output. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** MurmurHash3_x86_32 of 32-bit words (its length counted in bytes), as an unsigned integer. */
export function hashWords(words: ArrayLike<number>, seed: number): number {
  let h = seed | 0;
  for (let i = 0; i < words.length; i++) {
    let k = Math.imul(words[i] ?? 0, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  return mix(h ^ (words.length * 4)) >>> 0;
}

/** A sequence of random numbers; make one with `randomStream`. */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spare = Number.NaN;

  constructor(a: number, b: number, c: number, d: number) {
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    // The all-zero state is the generator's only fixed point.
    this.#d = (a | b | c | d) === 0 ? 1 : d | 0;
  }

  /** 32 random bits, as an integer in [0, 2^32). */
  bits(): number {
    const b = this.#b;
    let result = Math.imul(b, 5);
    result = Math.imul((result << 7) | (result >>> 25), 9);
    const shifted = b << 9;
    const c = this.#c ^ this.#a;
    const d = this.#d ^ b;
    this.#b = b ^ c;
    this.#a ^= d;
    this.#c = c ^ shifted;
    this.#d = (d << 11) | (d >>> 21);
    return result >>> 0;
  }

  /** Uniform in [0, 1), a multiple of 2^-32. */
  uniform(): number {
    return this.bits() * TWO_TO_MINUS_32;
  }

  /**
   * Standard normal by the Box-Muller transform, in pairs (the second is kept for the next call).
   * V8 carries its own logarithm, sine and cosine, so the values do not depend on the platform's C library.
   */
  normal(): number {
    const spare = this.#spare;
    if (spare === spare) {
      this.#spare = Number.NaN;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * Uniform integer in [0, n), without bias (draws above the largest multiple of n are rejected).
   * @throws RangeError unless n is an integer from 1 to 2^32
   */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > TWO_TO_32) {
      throw new RangeError(`integer(n) needs an integer from 1 to 2^32, not ${n}`);
    }
    const limit = TWO_TO_32 - (TWO_TO_32 % n);
    let draw = this.bits();
    while (draw >= limit) draw = this.bits();
    return draw % n;
  }

  /** The integers 0 … n-1 in random order (Fisher and Yates). */
  permutation(n: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    return this.shuffle(order);
  }

  /** Shuffles in place and returns its argument. */
  shuffle<T extends { readonly length: number; [index: number]: number }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = items[i] ?? 0;
      items[i] = items[j] ?? 0;
      items[j] = kept;
    }
    return items;
  }

  /**
   * The stream of one counter under this one, e.g. of one image in an epoch: a function of this stream's
   * present state and the counter. It draws nothing from this stream.
   */
  at(counter: number): RandomStream {
    const words = [this.#a, this.#b, this.#c, this.#d, counter >>> 0, Math.floor(counter / TWO_TO_32)];
    return fromWords(words);
  }
}

function fromWords(words: ArrayLike<number>): RandomStream {
  return new RandomStream(hashWords(words, 0), hashWords(words, 1), hashWords(words, 2), hashWords(words, 3));
}

/**
 * The random numbers of one purpose: `randomStream(seed, 'order', epoch)`. Streams with different seeds or
 * names are independent; 3 and '3' name different streams. Numbers must be integers of at most 2^53 in size.
 */
export function randomStream(seed: number, ...names: readonly (string | number)[]): RandomStream {
  const words: number[] = [];
  for (const part of [seed, ...names]) {
    if (typeof part === 'number') {
      if (!Number.isSafeInteger(part)) throw new RangeError(`a stream is named by integers, not by ${part}`);
      words.push(0, part >>> 0, Math.floor(part / TWO_TO_32));
    } else {
      words.push(1, part.length);
      for (let i = 0; i < part.length; i++) words.push(part.charCodeAt(i));
    }
  }
  return fromWords(words);
}
