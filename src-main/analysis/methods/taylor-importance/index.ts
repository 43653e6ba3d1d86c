import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesOf } from '../../settings.ts';

/** How well a gradient foretells what a channel's loss costs. */
export const taylorImportanceMethod = defineMethod({
  name: 'taylor-importance',
  title: 'Taylor importance',
  family: 'ablation',
  order: 5,
  about:
    'First-order estimate of the loss added without each channel, and its rank correlation with the true loss.',
  scatter: 'No intervals: variation over images of the importance and of its rank correlation is not shown.',
  measures: [
    {
      name: 'importance',
      title: 'Taylor importance',
      kind: 'number',
      range: 'not negative',
      axis: '(sum of gradient x weight)²',
      scopes: ['layer', 'channel'],
    },
    {
      name: 'rank-correlation',
      title: 'Rank correlation with channel ablation',
      kind: 'number',
      range: 'signed share',
      axis: 'Kendall’s tau-b of importance and |loss added| at zero',
      scopes: ['network', 'layer'],
    },
  ],
  settings: z.strictObject({
    images: imagesOf(200, 'number of images for gradients and ablations'),
    batch: z.int().min(1).max(1000).default(20).describe('number of images per gradient'),
  }),
});
