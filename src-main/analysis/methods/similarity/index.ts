import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** Unbiased linear CKA of each layer with each. */
export const similarityMethod = defineMethod({
  name: 'similarity',
  title: 'Similarity of layers',
  family: 'representation',
  order: 6,
  about: 'Pairwise similarity of the layers of a network (unbiased linear CKA).',
  scatter: 'No interval: variation over images is not shown.',
  measures: [
    {
      name: 'cka',
      title: 'Similarity of two layers',
      kind: 'number',
      range: 'signed share',
      axis: 'unbiased linear CKA',
      scopes: ['pair of layers'],
    },
    {
      name: 'cka to output',
      title: 'Similarity to the output',
      kind: 'number',
      range: 'signed share',
      axis: 'unbiased linear CKA',
    },
  ],
  settings: z.strictObject({ images: imagesSetting }),
});
