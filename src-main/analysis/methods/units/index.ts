import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** What the channels of a layer with a ReLU do one by one. */
export const unitsMethod = defineMethod({
  name: 'units',
  title: 'Units',
  family: 'representation',
  order: 5,
  about: 'How often the channels after a ReLU are zero, and how far they prefer one class.',
  scatter: 'No intervals: how the numbers scatter over images is not shown.',
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
