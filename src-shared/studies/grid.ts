import { type RandomStream, randomStream } from '../random.ts';
import type { FactorValue, Factors } from './cell.ts';

/** Factors with their values, in the order of the file; the last one runs fastest. */
export type Vary = Readonly<Record<string, readonly FactorValue[]>>;

/** How many combinations there are; more than a number can count exactly, where one likes. */
export function gridSize(vary: Vary): bigint {
  return Object.values(vary).reduce((size, values) => size * BigInt(values.length), 1n);
}

/** All combinations, in order. */
export function* gridCells(vary: Vary): Generator<Factors> {
  const factors = Object.entries(vary);
  const size = gridSize(vary);
  for (let place = 0n; place < size; place++) yield combination(factors, place);
}

/**
 * Some of the combinations, drawn without replacement and in the order of the grid, which is never listed: the first steps
 * of a Fisher-Yates shuffle, of which only the moved entries are kept. A larger sample with the same seed holds the smaller
 * one, so that it adds cells only.
 */
export function sampleCells(vary: Vary, count: number, seed: number): Factors[] {
  const size = gridSize(vary);
  const stream = randomStream(seed, 'sample of cells');
  const moved = new Map<bigint, bigint>();
  const drawn = Array.from({ length: size < BigInt(count) ? Number(size) : count }, (_, index) => {
    const place = BigInt(index);
    const other = place + drawBelow(stream, size - place);
    const found = moved.get(other) ?? other;
    moved.set(other, moved.get(place) ?? place);
    return found;
  });
  const factors = Object.entries(vary);
  return drawn.sort((a, b) => (a < b ? -1 : 1)).map((place) => combination(factors, place));
}

/** Uniform in [0, n) without bias: as many draws of 32 bits as n has, rejected above the largest multiple of n. */
function drawBelow(stream: RandomStream, n: bigint): bigint {
  if (n <= WORD) return BigInt(stream.integer(Number(n)));
  let range = WORD;
  while (range < n) range *= WORD;
  const limit = range - (range % n);
  for (;;) {
    let draw = 0n;
    for (let words = range; words > 1n; words /= WORD) draw = draw * WORD + BigInt(stream.bits());
    if (draw < limit) return draw % n;
  }
}

const WORD = 2n ** 32n;

/** The combination at a place of the grid: its digits, each to the base of its factor's number of values. */
function combination(
  factors: readonly (readonly [string, readonly FactorValue[]])[],
  place: bigint,
): Factors {
  let rest = place;
  const entries = factors.toReversed().map(([path, values]) => {
    const base = BigInt(values.length);
    const value = values[Number(rest % base)] ?? null;
    rest /= base;
    return [path, value] as const;
  });
  return Object.fromEntries(entries.toReversed());
}
