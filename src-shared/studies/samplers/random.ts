import { type RandomStream, randomStream } from '../../random.ts';
import { combinationsAt, drawnCount, gridSize, type Vary } from './combinations.ts';
import { type Sampler, searchAtOnce } from './sampler.ts';

/**
 * Combinations drawn without replacement from a grid, which is never listed: the first steps of a Fisher-Yates shuffle, of
 * which only the moved entries are kept. So a larger sample with the same seed holds the smaller one.
 */
export const random: Sampler = {
  name: 'random',
  title: 'random sample',
  about: 'combinations drawn at random, all equally likely',
  isDrawn: true,
  isRandom: true,
  count: ({ vary, cells }) => drawnCount(vary, cells),
  begin: ({ vary, cells, seed }) => searchAtOnce(() => combinationsAt(vary, draw(vary, cells, seed))),
};

function draw(vary: Vary, wanted: number, seed: number): bigint[] {
  const size = gridSize(vary);
  const stream = randomStream(seed, 'sample of cells');
  const moved = new Map<bigint, bigint>();
  return Array.from({ length: Number(drawnCount(vary, wanted)) }, (_, index) => {
    const place = BigInt(index);
    const other = place + drawBelow(stream, size - place);
    const found = moved.get(other) ?? other;
    moved.set(other, moved.get(place) ?? place);
    return found;
  });
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
