import { z } from 'zod';
import { effectMeasures } from '../../lesions/effect-results.ts';
import { defineMethod } from '../../method.ts';
import { imagesSetting, ridgeSetting } from '../../settings.ts';

/** What the network loses when its 3x3 become 1x1 without training. */
export const replace3x3Method = defineMethod({
  name: 'replace-3x3',
  title: '3x3 replaced by 1x1',
  family: 'ablation',
  order: 4,
  about: 'What the network loses when one or all 3x3 convolutions are replaced by a 1x1, without retraining.',
  scatter: 'Intervals are over the images.',
  measures: [
    ...effectMeasures('3x3 by its centre tap', 'centre'),
    ...effectMeasures('3x3 by the sum of its taps', 'sum'),
    ...effectMeasures('3x3 by the least-squares 1x1', 'least-squares'),
  ].map((measure) => ({ ...measure, scopes: ['network', 'layer'] })),
  settings: z.strictObject({
    images: imagesSetting,
    fitImages: z
      .int()
      .min(20)
      .max(100_000)
      .default(1000)
      .describe('number of training images to which the 1x1 is fitted'),
    ridge: ridgeSetting,
  }),
});
