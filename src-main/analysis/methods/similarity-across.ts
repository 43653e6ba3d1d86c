import { z } from 'zod';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';

/** Ids of runs, separated by blanks. */
const runsSetting = z.string().default('');

const settings = z.strictObject({ images: imagesSetting, cells: runsSetting, seeds: runsSetting });
export type SimilarityAcrossSettings = z.output<typeof settings>;

/** Unbiased linear CKA of each layer with the layer of its name in other runs: docs/analysis/similarity-across.md. */
export const similarityAcrossMethod = defineMethod({
  name: 'similarity-across',
  title: 'Similarity across runs',
  family: 'representation',
  about: 'How alike a layer is to that of its name in other cells, beside the same cell with other seeds.',
  measures: [
    {
      name: 'cka',
      title: 'Similarity to a run',
      kind: 'number',
      axis: 'unbiased linear CKA',
      scopes: ['pair of runs'],
    },
    {
      name: 'cka to other seeds',
      title: 'Similarity to other seeds',
      kind: 'number',
      axis: 'unbiased linear CKA, mean over seeds',
    },
  ],
  settings,
  comparesRuns: true,
  run: async (...given) =>
    (await import('../computations/similarity-across.ts')).computeSimilarityAcross(...given),
});
