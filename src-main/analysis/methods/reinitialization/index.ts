import { z } from 'zod';
import { effectMeasures } from '../../lesions/effect-results.ts';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** What the network loses when one layer goes back to its weights before. */
export const reinitializationMethod = defineMethod({
  name: 'reinitialization',
  title: 'Re-initialisation of layers',
  family: 'ablation',
  order: 3,
  about: 'What the network loses when one layer goes back to weights from before the training.',
  scatter:
    'Intervals are over the images, with the drawn weights as they are; what other draws would cost is not in them.',
  measures: [
    ...effectMeasures('layer at its initial weights', 'initial'),
    ...effectMeasures('layer at its best checkpoint', 'best'),
    ...effectMeasures('layer drawn afresh', 'fresh'),
  ],
  settings: z.strictObject({
    images: imagesSetting,
    draws: z.int().min(1).max(100).default(3).describe('draws of fresh weights, over which is averaged'),
  }),
});
