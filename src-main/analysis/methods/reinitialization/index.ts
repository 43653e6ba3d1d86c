import { z } from 'zod';
import { effectMeasures } from '../../lesions/effect-results.ts';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** What the network loses when one layer goes back to its weights before. */
export const reinitializationMethod = defineMethod({
  name: 'reinitialization',
  title: 'Layer re-initialization',
  family: 'ablation',
  order: 3,
  about: 'What the network loses when one layer is reset to earlier or fresh weights.',
  scatter: 'Intervals are over the images, for the weights drawn; variation between draws is not included.',
  measures: [
    ...effectMeasures('layer with its initial weights', 'initial'),
    ...effectMeasures('layer from the best checkpoint', 'best'),
    ...effectMeasures('layer with fresh weights', 'fresh'),
  ],
  settings: z.strictObject({
    images: imagesSetting,
    draws: z.int().min(1).max(100).default(3).describe('number of draws of fresh weights that are averaged'),
  }),
});
