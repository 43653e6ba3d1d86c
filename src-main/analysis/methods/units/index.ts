import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** What the channels of a layer with a ReLU do one by one. */
export const unitsMethod = defineMethod({
  name: 'units',
  title: 'Units',
  family: 'representation',
  order: 5,
  about: 'Sparsity, dead channels and class selectivity after each ReLU.',
  scatter: 'No intervals: variation over images is not shown.',
  measures: [
    { name: 'sparsity', title: 'Sparsity', kind: 'share', axis: 'share of activations that are zero' },
    {
      name: 'dead units',
      title: 'Dead units',
      kind: 'share',
      axis: 'share of channels that are always zero',
    },
    {
      name: 'class selectivity',
      title: 'Class selectivity',
      kind: 'share',
      axis: 'mean over channels of (max - rest) / (max + rest)',
    },
  ],
  settings: z.strictObject({ images: imagesSetting }),
});
