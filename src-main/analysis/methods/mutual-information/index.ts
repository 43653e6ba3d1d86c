import { z } from 'zod';
import { FEATURE_KINDS } from '../../feature-kinds.ts';
import { ENSEMBLES } from '../../measures/edge-ensembles.ts';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';
import { windowSetting } from '../../windows/window-setting.ts';

/** What a layer shares with the image and with its class. */
export const mutualInformationMethod = defineMethod({
  name: 'mutual-information',
  title: 'Mutual information',
  family: 'representation',
  order: 11,
  about:
    'How much of the image and of its class each layer holds, by an estimate that depends on its hashing.',
  scatter: 'Intervals are over the images and the random projections (bootstrap); baselines have none.',
  measures: [
    {
      name: 'label information',
      title: 'Mutual information with the class',
      kind: 'number',
      range: 'not negative',
      axis: 'mutual information of layer and class (bits)',
    },
    {
      name: 'input information',
      title: 'Mutual information with the input',
      kind: 'number',
      range: 'not negative',
      axis: 'mutual information of layer and input (bits)',
    },
  ],
  settings: z.strictObject({
    images: imagesSetting,
    features: z
      .enum(FEATURE_KINDS)
      .default('average')
      .describe(
        'what of a layer is hashed: averages over all positions, a 4x4 grid of averages, all positions, or those in each image’s saliency window',
      ),
    window: windowSetting,
    inputSide: z
      .int()
      .min(1)
      .max(4096)
      .nullable()
      .default(null)
      .describe(
        'side in pixels of the square in the middle of the image that is the input; all of it if left out',
      ),
    draws: z.int().min(2).max(100).default(4).describe('random projections over which is averaged'),
    members: z.int().min(2).max(100).default(10).describe('bandwidths of the ensemble'),
    range: z
      .number()
      .min(0)
      .max(10)
      .default(0.1)
      .describe('share by which the widest bandwidth exceeds the narrowest'),
    smoothness: z.number().gt(0).max(100).default(1).describe('factor of all bandwidths (gamma)'),
    ensemble: z.enum(ENSEMBLES).default('median').describe('how the estimates of the bandwidths become one'),
  }),
});
