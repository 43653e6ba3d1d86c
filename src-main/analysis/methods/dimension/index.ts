import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** How many directions a layer uses. */
export const dimensionMethod = defineMethod({
  name: 'dimension',
  title: 'Dimension',
  family: 'representation',
  order: 4,
  about: 'Effective dimension of each layer’s averaged features.',
  scatter: 'No intervals: variation over images is not shown, and saturation moves in steps of one channel.',
  measures: [
    {
      name: 'effective rank',
      title: 'Effective rank',
      kind: 'number',
      range: 'not negative',
      axis: 'exp(entropy of singular values)',
    },
    {
      name: 'participation ratio',
      title: 'Participation ratio',
      kind: 'number',
      range: 'not negative',
      axis: '(sum of eigenvalues)^2 / sum of squares',
    },
    {
      name: 'participation ratio / width',
      title: 'Participation ratio / channels',
      kind: 'share',
      axis: 'participation ratio / channels',
    },
    {
      name: 'saturation',
      title: 'Saturation',
      kind: 'share',
      axis: 'directions for 99\u00a0% of variance / channels',
    },
    {
      name: 'intrinsic dimension',
      title: 'Intrinsic dimension (TwoNN estimator)',
      kind: 'number',
      range: 'not negative',
      axis: 'dimension by TwoNN',
    },
  ],
  settings: z.strictObject({ images: imagesSetting }),
});
