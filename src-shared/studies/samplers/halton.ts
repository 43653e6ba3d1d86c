import { randomStream } from '../../random.ts';
import { combinationsAt, drawnCount, gridSize, type Vary } from './combinations.ts';
import { type Sampler, searchAtOnce } from './sampler.ts';

/**
 * A Halton sequence (Halton, Numer. Math. 2, 84 to 90, 1960) over the factors, the n-th to the base of the n-th prime,
 * shifted by the seed modulo 1 (Cranley and Patterson, SIAM J. Numer. Anal. 13, 904 to 914, 1976): its points fill the space
 * more evenly than random ones. Each is the combination of the grid that it falls on; those that fell on one before are
 * left out. With more factors than some eight the first points of the larger bases are alike; draw at random then.
 */
export const halton: Sampler = {
  name: 'halton',
  title: 'Halton sequence',
  about: 'combinations that cover the grid more evenly than random ones, for up to about eight factors',
  isDrawn: true,
  isRandom: false,
  count: ({ vary, cells }) => drawnCount(vary, cells),
  begin: ({ vary, cells, seed }) => searchAtOnce(() => combinationsAt(vary, draw(vary, cells, seed))),
};

/** Points after which combinations that none has fallen on are taken in order: so many times as there are combinations. */
const PATIENCE = 20n;

function draw(vary: Vary, wanted: number, seed: number): bigint[] {
  const sizes = Object.values(vary).map(({ length }) => length);
  const stream = randomStream(seed, 'Halton sequence');
  const axes = primes(sizes.length).map((base, axis) => ({
    ...{ base, size: sizes[axis] ?? 1, shift: stream.uniform() },
  }));
  const size = gridSize(vary);
  const count = Number(drawnCount(vary, wanted));
  const places = new Set<bigint>();
  for (let index = 1; places.size < count && BigInt(index) <= PATIENCE * size; index++)
    places.add(placeOf(axes, index));
  for (let place = 0n; places.size < count; place++) places.add(place);
  return [...places];
}

interface Axis {
  readonly base: number;
  readonly size: number;
  readonly shift: number;
}

/** The place in the grid of the combination that a point of the sequence falls on. */
function placeOf(axes: readonly Axis[], index: number): bigint {
  return axes.reduce((place, { base, size, shift }) => {
    const digit = Math.floor(((radicalInverse(index, base) + shift) % 1) * size);
    return place * BigInt(size) + BigInt(digit);
  }, 0n);
}

/** The digits of a number to a base, mirrored at the point: 6 = 110 to the base 2 gives 0.011 = 0.375. */
export function radicalInverse(index: number, base: number): number {
  let inverse = 0;
  let weight = 1 / base;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    inverse += (rest % base) * weight;
    weight /= base;
  }
  return inverse;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
}
