import { type Sampler, searchAtOnce } from './sampler.ts';

/** Exactly the cells of the file. */
export const list: Sampler = {
  name: 'list',
  title: 'list',
  about: 'exactly the cells listed in the file',
  isDrawn: false,
  isRandom: false,
  count: ({ listed }) => BigInt(listed.length),
  begin: ({ listed }) => searchAtOnce(() => listed),
};
