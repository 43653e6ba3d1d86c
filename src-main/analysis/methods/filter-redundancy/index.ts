import { z } from 'zod';
import { defineMethod } from '../../method.ts';

/** How alike the filters of a layer are. */
export const filterRedundancyMethod = defineMethod({
  name: 'filter-redundancy',
  title: 'Redundancy of filters',
  family: 'weights',
  order: 3,
  about: 'How nearly each filter of a layer repeats another one, up to sign and size.',
  scatter: 'No interval: the weights are what they are. The random filters beside them are drawn once.',
  measures: [
    {
      name: 'redundancy',
      title: 'Redundancy of filters',
      kind: 'share',
      axis: 'mean of the largest |cosine| with another filter',
    },
  ],
  settings: z.object({
    draws: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe('sets of random filters that the layer is held against'),
  }),
});
