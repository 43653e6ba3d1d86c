import { z } from 'zod';
import { FEATURE_KINDS } from '../../feature-kinds.ts';
import { defineMethod } from '../../method.ts';
import { classSetting, imagesSetting } from '../../settings.ts';
import { windowSetting } from '../../windows/window-setting.ts';

/** How a layer's activations spread over its channels. */
export const channelEnergyMethod = defineMethod({
  name: 'channel-energy',
  title: 'Channel energy',
  family: 'representation',
  order: 10,
  about: 'How few channels carry most of each layer’s activation.',
  scatter: 'No intervals: variation over images is not shown.',
  measures: [
    {
      name: 'carrying share',
      title: 'Channels that carry the energy',
      kind: 'share',
      axis: 'share of a layer’s channels that carry the energy',
    },
    {
      name: 'carrying channels',
      title: 'Number of channels that carry the energy',
      kind: 'count',
      axis: 'channels that carry the energy',
    },
    {
      name: 'energy share',
      title: 'Share of the energy',
      kind: 'share',
      axis: 'share of the layer’s energy in the channel',
      scopes: ['channel'],
    },
    {
      name: 'cumulated share',
      title: 'Cumulated share of the energy',
      kind: 'share',
      axis: 'share of the layer’s energy in the channel and all stronger ones',
      scopes: ['channel'],
    },
  ],
  settings: z.strictObject({
    images: imagesSetting,
    features: z
      .enum(FEATURE_KINDS)
      .default('average')
      .describe(
        'what of a layer counts: averages over all positions, a 4x4 grid of averages, all positions, or those in each image’s saliency window',
      ),
    window: windowSetting,
    gradients: z
      .enum(['none', 'guided', 'plain'])
      .default('none')
      .describe(
        'the gradients that weight the channels of each image: those of guided backpropagation, plain ones, or none',
      ),
    // not `class`, which a recipe gives to all its steps as the name of one
    logit: classSetting.describe(
      'the class of the logit that the gradients are of: the predicted one or the true one',
    ),
    share: z
      .number()
      .gt(0)
      .max(1)
      .default(0.95)
      .describe('share of the energy that the counted channels carry'),
  }),
});
