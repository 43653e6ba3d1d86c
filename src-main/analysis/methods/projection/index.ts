import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { layersSetting } from '../../settings.ts';

/** The measures, by the names that their results have. */
export const MEASURES = [
  { name: 'pca-explained', title: 'Variance of two components', axis: 'variance of two components / all' },
  { name: 'pca-trustworthiness', title: 'Trustworthiness of PCA', axis: 'trustworthiness' },
  { name: 'umap-trustworthiness', title: 'Trustworthiness of UMAP', axis: 'trustworthiness' },
  {
    name: 'pca-neighbours',
    title: 'Nearest-neighbour accuracy on PCA',
    axis: 'accuracy of nearest neighbours',
  },
  {
    name: 'umap-neighbours',
    title: 'Nearest-neighbour accuracy on UMAP',
    axis: 'accuracy of nearest neighbours',
  },
] as const;

/** The images as points in a plane, by a layer's features. */
export const projectionMethod = defineMethod({
  name: 'projection',
  title: 'PCA and UMAP',
  family: 'pictures',
  order: 8,
  about:
    'The images as points in a plane, from each layer’s averaged features, with the trustworthiness of the plane.',
  scatter: 'No intervals: variation over images and with the seed of UMAP is not shown.',
  measures: MEASURES.map((measure) => ({ ...measure, kind: 'share' })),
  settings: z.strictObject({
    images: z.int().min(20).max(5000).default(500).describe('number of images drawn as points'),
    layers: layersSetting,
    neighbours: z
      .int()
      .min(2)
      .max(100)
      .default(15)
      .describe('number of neighbours for UMAP and for the nearest-neighbour accuracy'),
    seed: z.int().min(0).default(0).describe('seed of UMAP'),
  }),
});
