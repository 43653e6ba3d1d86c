import { z } from 'zod';
import { effectMeasures, effectMeasuresPerCost } from '../../lesions/effect-results.ts';
import { REPLACEMENTS } from '../../lesions/replacement.ts';
import { defineMethod } from '../../method.ts';
import { imagesOf } from '../../settings.ts';

/** What the network loses without each single channel. */
export const channelLesionMethod = defineMethod({
  name: 'channel-lesion',
  title: 'Channel ablation',
  family: 'ablation',
  order: 2,
  about: 'What the network loses without each channel of its convolutions.',
  scatter: 'Intervals are over the images; those of single channels are not adjusted for their number.',
  measures: [...effectMeasures('channel ablation'), ...effectMeasuresPerCost('channel ablation')].map(
    (measure) => ({ ...measure, scopes: ['channel'] }),
  ),
  settings: z.strictObject({
    images: imagesOf(200, 'number of images on which each channel is ablated'),
    replacement: z.enum(REPLACEMENTS).default('mean').describe('replacement for a channel'),
  }),
});
