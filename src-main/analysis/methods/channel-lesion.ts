import { z } from 'zod';
import { effectMeasures, effectMeasuresPerCost } from '../lesions/effect-results.ts';
import { REPLACEMENTS } from '../lesions/replacement.ts';
import { defineMethod } from '../method.ts';
import { imagesOf } from '../settings.ts';

const settings = z.strictObject({
  images: imagesOf(200, 'images on which each channel is tried'),
  replacement: z.enum(REPLACEMENTS).default('mean').describe('what a channel is replaced by'),
});
export type ChannelLesionSettings = z.output<typeof settings>;

/** What the network loses without each single channel: docs/analysis/channel-lesion.md. */
export const channelLesionMethod = defineMethod({
  name: 'channel-lesion',
  title: 'Lesion of channels',
  family: 'ablation',
  about: 'What the network loses without each single channel of its convolutions.',
  scatter: 'Intervals are over the images; those of single channels are not adjusted for their number.',
  measures: [...effectMeasures('channel replaced'), ...effectMeasuresPerCost('channel replaced')].map(
    (measure) => ({ ...measure, scopes: ['channel'] }),
  ),
  settings,
  run: async (...given) => (await import('../computations/channel-lesion.ts')).computeChannelLesion(...given),
});
