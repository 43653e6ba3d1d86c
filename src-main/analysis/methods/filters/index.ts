import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { layersSetting } from '../../settings.ts';

/** The weights of convolutions, drawn. */
export const filtersMethod = defineMethod({
  name: 'filters',
  title: 'Filters',
  family: 'pictures',
  order: 5,
  about: 'The weights of each convolution as an image: one row per filter, one column per input.',
  scatter: '',
  measures: [],
  ofWeights: true,
  settings: z.strictObject({
    layers: layersSetting,
    most: z
      .int()
      .min(1)
      .max(256)
      .default(32)
      .describe('number of filters and inputs drawn, the first of each'),
  }),
});
