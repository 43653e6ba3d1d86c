import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { FEATURE_KINDS } from '../../feature-kinds.ts';
import { windowSetting } from '../../windows/window-setting.ts';
import { imagesSetting } from '../../settings.ts';

/** Cross-entropy across layers, k-means form. */
export const clustersMethod = defineMethod({
  name: 'clusters',
  title: 'Clusters',
  family: 'representation',
  order: 2,
  about: 'How well k-means clusters, found without labels, match the classes.',
  scatter: 'Intervals are over the images and the starts of k-means (bootstrap); baselines have none.',
  measures: [
    {
      name: 'cross-entropy',
      title: 'Cluster cross-entropy',
      kind: 'number',
      range: 'not negative',
      axis: 'cross-entropy of k-means clusters / ln(classes)',
    },
    {
      name: 'mutual information',
      title: 'Normalized mutual information',
      kind: 'share',
      axis: '2 I / (H of classes + H of clusters)',
    },
    {
      name: 'plain cross-entropy',
      title: 'Cluster cross-entropy (plain shares)',
      kind: 'number',
      range: 'not negative',
      axis: 'cross-entropy of k-means clusters, plain shares (nats)',
    },
    { name: 'purity', title: 'Purity', kind: 'share', axis: 'share of the most frequent class' },
    {
      name: 'silhouette',
      title: 'Silhouette',
      kind: 'number',
      range: 'signed share',
      axis: 'mean silhouette of the clusters',
    },
  ],
  settings: z.strictObject({
    images: imagesSetting,
    clusters: z
      .int()
      .min(2)
      .max(1000)
      .nullable()
      .default(null)
      .describe('number of clusters (k); as many as classes if left out'),
    features: z
      .enum(FEATURE_KINDS)
      .default('average')
      .describe(
        'what is clustered: averages over all positions, a 4x4 grid of averages, all positions, or those in each image’s saliency window',
      ),
    window: windowSetting,
    channels: z
      .number()
      .gt(0)
      .max(1)
      .default(1)
      .describe('the channels that carry this share of a layer’s energy are used; 1: all channels'),
    restarts: z
      .int()
      .min(1)
      .max(100)
      .default(20)
      .describe('starts of k-means; the one with the smallest spread is kept'),
  }),
});
