import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

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
    share: z
      .number()
      .gt(0)
      .max(1)
      .default(0.95)
      .describe('share of the energy that the counted channels carry'),
  }),
});
