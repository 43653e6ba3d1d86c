import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { layersSetting } from '../../settings.ts';

/** The measures, by the names that their results have. */
export const MEASURES = [
  {
    name: 'effective',
    title: 'Effective receptive field',
    kind: 'number',
    range: 'not negative',
    axis: 'pixels',
  },
  { name: 'theoretical', title: 'Theoretical receptive field', kind: 'count', axis: 'pixels' },
  {
    name: 'ratio',
    title: 'Effective / theoretical field',
    kind: 'share',
    range: 'not negative',
    axis: 'effective / theoretical',
  },
] as const;

/** How much of the image the middle of each layer really sees. */
export const receptiveFieldMethod = defineMethod({
  name: 'receptive-field',
  title: 'Receptive fields',
  family: 'pictures',
  order: 7,
  about: 'Effective receptive field at the centre of each layer, next to the theoretical one.',
  scatter: 'No intervals: variation over images is not shown.',
  measures: MEASURES,
  settings: z.strictObject({
    images: z
      .int()
      .min(100)
      .max(10_000)
      .default(100)
      .describe('number of images over which gradients are averaged'),
    layers: layersSetting,
  }),
});
