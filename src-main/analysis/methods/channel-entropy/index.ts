import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesOf } from '../../settings.ts';

/** What each channel alone tells about the classes. */
export const channelEntropyMethod = defineMethod({
  name: 'channel-entropy',
  title: 'Channel entropy',
  family: 'representation',
  order: 9,
  about:
    'How well the clusters of each single channel match the classes, and how well a random forest tells them.',
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
    {
      name: 'forest cross-entropy',
      title: 'Channel cross-entropy (random forest)',
      kind: 'number',
      range: 'not negative',
      axis: 'held-out cross-entropy of a random forest on one channel (nats)',
      scopes: ['channel'],
    },
  ],
  settings: z.strictObject({
    images: imagesOf(1000),
    clusters: z.int().min(2).max(1000).default(32).describe('number of clusters (k) of each channel'),
    trees: z
      .int()
      .min(0)
      .max(400)
      .default(100)
      .describe(
        'trees of the random forest of each channel; 0: no forest, which takes more than half of the time',
      ),
    depth: z.int().min(1).max(30).default(7).describe('splits of a tree between root and leaf, at most'),
  }),
});
