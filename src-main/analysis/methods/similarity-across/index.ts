import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** Ids of runs, separated by blanks. */
const runsSetting = z.string().default('');

/** The measures, by the names that their results have. */
export const TO_CELLS = 'cka to other cells';
export const TO_SEEDS = 'cka to other seeds';
export const TO_CELLS_AT_SAME_SEED = 'cka to other cells at the same seed';

/** Unbiased linear CKA of each layer with the layer of its name in other runs. */
export const similarityAcrossMethod = defineMethod({
  name: 'similarity-across',
  title: 'Similarity across runs',
  family: 'representation',
  order: 7,
  about:
    'Similarity of each layer to its counterpart in other cells, with other seeds of the same cell as baseline.',
  scatter:
    'The interval over other seeds is over these seeds; a pair of runs has none. Variation over images is not shown.',
  measures: [
    {
      name: TO_CELLS,
      title: 'Similarity to other cells',
      kind: 'number',
      range: 'signed share',
      axis: 'unbiased linear CKA, other seeds',
      scopes: ['pair of runs'],
    },
    {
      name: TO_SEEDS,
      title: 'Similarity to other seeds',
      kind: 'number',
      range: 'signed share',
      axis: 'unbiased linear CKA, mean over seeds',
      isOverSeeds: true,
    },
    {
      name: TO_CELLS_AT_SAME_SEED,
      title: 'Similarity to other cells at the same seed',
      kind: 'number',
      range: 'signed share',
      axis: 'unbiased linear CKA, same seed',
      scopes: ['pair of runs'],
    },
  ],
  settings: z.strictObject({
    images: imagesSetting,
    cells: runsSetting,
    sameSeed: runsSetting,
    seeds: runsSetting,
  }),
  comparesRuns: true,
});
