import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesOf, layersSetting } from '../../settings.ts';

/** What a channel would like to see, beside what it sees. */
export const activationMaximizationMethod = defineMethod({
  name: 'activation-maximization',
  title: 'Activation maximization',
  family: 'pictures',
  order: 11,
  about: 'A synthetic image that maximizes a channel, next to the real patches that activate it most.',
  scatter:
    'No interval: the starting image is drawn once, and another seed gives other images and another gain.',
  measures: [
    {
      name: 'gain',
      title: 'Synthetic / real activation',
      kind: 'number',
      axis: 'activation by the synthetic image / by the strongest real one',
    },
  ],
  settings: z.strictObject({
    images: imagesOf(500),
    layers: layersSetting,
    channels: z.int().min(1).max(64).default(6).describe('number of channels shown, the first of each layer'),
    steps: z.int().min(8).max(2048).default(64).describe('steps of the gradient ascent'),
    seed: z.int().min(0).default(0).describe('seed of the noise from which the ascent starts'),
  }),
});
