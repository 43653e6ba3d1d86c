import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesOf } from '../../settings.ts';

/** What each channel alone tells about the classes. */
export const channelEntropyMethod = defineMethod({
  name: 'channel-entropy',
  title: 'Channel entropy',
  family: 'representation',
  order: 9,
  about: 'How well the clusters of each single channel match the classes.',
  scatter: 'No intervals: variation over images is not shown.',
  measures: [
    {
      name: 'cross-entropy',
      title: 'Channel cross-entropy',
      kind: 'number',
      range: 'not negative',
      axis: 'cross-entropy of the clusters of one channel / ln(classes)',
      scopes: ['channel'],
    },
    {
      name: 'plain cross-entropy',
      title: 'Channel cross-entropy (plain shares)',
      kind: 'number',
      range: 'not negative',
      axis: 'cross-entropy of the clusters of one channel, plain shares (nats)',
      scopes: ['channel'],
    },
  ],
  settings: z.strictObject({
    images: imagesOf(1000),
    clusters: z.int().min(2).max(1000).default(32).describe('number of clusters (k) of each channel'),
  }),
});
