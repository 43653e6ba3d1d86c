import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { layersSetting, shownSetting } from '../../settings.ts';

/** The output of each channel of a layer for an image. */
export const featureMapsMethod = defineMethod({
  name: 'feature-maps',
  title: 'Feature maps',
  family: 'pictures',
  order: 4,
  about: 'The output of each channel of a layer for an image.',
  scatter: '',
  measures: [],
  settings: z.strictObject({
    shown: shownSetting(3),
    layers: layersSetting,
    channels: z
      .int()
      .min(1)
      .max(1024)
      .default(64)
      .describe('number of channels shown, the first of each layer'),
  }),
});
