import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { SALIENCY_METHODS, type SaliencyMethod } from './saliency-method.ts';

/** In the title of a measure and of a picture. */
export const TITLES: Readonly<Record<SaliencyMethod, string>> = {
  gradient: 'gradient',
  'guided-backpropagation': 'guided backpropagation',
  'integrated-gradients': 'integrated gradients',
  'grad-cam': 'Grad-CAM',
};

/** Whether pictures of saliency depend on what was learned at all. */
export const saliencyRandomizationMethod = defineMethod({
  name: 'saliency-randomization',
  title: 'Randomization test',
  family: 'pictures',
  order: 10,
  about: 'Whether saliency maps change when the network’s layers are randomized, from the last to this one.',
  scatter:
    'Intervals are over the images, for one draw of random weights; variation between draws is not included.',
  measures: SALIENCY_METHODS.map((name) => ({
    name,
    title: `Randomization: ${TITLES[name]}`,
    kind: 'number',
    range: 'signed share',
    axis: 'rank correlation with the map of the trained network',
  })),
  inTurn: true,
  settings: z.strictObject({
    images: z
      .int()
      .min(2)
      .max(200)
      .default(20)
      .describe('number of images whose maps are compared, the classes in turn'),
    steps: z.int().min(4).max(512).default(16).describe('steps of integrated gradients'),
    seed: z.int().min(0).default(0).describe('seed of the random weights'),
  }),
});
