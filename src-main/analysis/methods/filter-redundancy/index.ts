import { z } from 'zod';
import { defineMethod } from '../../method.ts';

/** How alike the filters of a layer are. */
export const filterRedundancyMethod = defineMethod({
  name: 'filter-redundancy',
  title: 'Filter redundancy',
  family: 'weights',
  order: 3,
  about: 'How closely each filter of a layer repeats another one, up to sign and scale.',
  scatter: 'No interval: the weights are deterministic. The random filters of the baseline are drawn once.',
  measures: [
    {
      name: 'redundancy',
      title: 'Filter redundancy',
      kind: 'share',
      axis: 'mean of the largest |cosine| with another filter',
    },
  ],
  ofWeights: true,
  settings: z.object({
    draws: z.int().min(1).max(100).default(3).describe('sets of random filters in the baseline'),
  }),
});
