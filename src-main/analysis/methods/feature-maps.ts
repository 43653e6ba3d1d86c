import { z } from 'zod';
import { defineMethod } from '../method.ts';
import { layersSetting, shownSetting } from '../pictures/picture-settings.ts';

const settings = z.strictObject({
  shown: shownSetting(3),
  layers: layersSetting,
  channels: z.int().min(1).max(1024).default(64).describe('channels that are shown, the first of a layer'),
});
export type FeatureMapsSettings = z.output<typeof settings>;

/** What each channel of a layer makes of an image: docs/analysis/feature-maps.md. */
export const featureMapsMethod = defineMethod({
  name: 'feature-maps',
  title: 'Feature maps',
  family: 'pictures',
  about: 'What each channel of a layer makes of an image.',
  scatter: '',
  measures: [],
  settings,
  run: async (...given) => (await import('../computations/feature-maps.ts')).computeFeatureMaps(...given),
});
