import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting, ridgeSetting } from '../../settings.ts';

/** How much of a 3x3 a 1x1 could do on real images. */
export const explainedBy1x1Method = defineMethod({
  name: 'explained-by-1x1',
  title: '3x3 explained by a 1x1',
  family: 'weights',
  order: 2,
  about: 'Share of the variance of a 3x3 convolution that the best 1x1 on the same input explains.',
  scatter: 'No interval: variation over images is not shown.',
  measures: [
    {
      name: 'explained',
      title: 'Variance explained by a 1x1',
      kind: 'share',
      // below zero where the 1x1 does worse than the mean
      range: 'up to one',
      axis: 'R² of the best 1x1',
    },
  ],
  settings: z.strictObject({
    images: imagesSetting,
    ridge: ridgeSetting,
  }),
});
