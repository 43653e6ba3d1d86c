import { combination, gridSize } from './combinations.ts';
import { type Sampler, searchAtOnce } from './sampler.ts';

/** All combinations in the order of the file, the last factor fastest. */
export const grid: Sampler = {
  name: 'grid',
  title: 'grid',
  about: 'all combinations of the values, the last factor varying fastest',
  isDrawn: false,
  isRandom: false,
  count: ({ vary }) => gridSize(vary),
  begin: ({ vary }) =>
    searchAtOnce(() =>
      Array.from({ length: Number(gridSize(vary)) }, (_, place) => combination(vary, BigInt(place))),
    ),
};
