import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** Cross-entropy across layers, classifier form. */
export const probeMethod = defineMethod({
  name: 'probe',
  title: 'Linear probe',
  family: 'representation',
  order: 1,
  about: 'Linear separability of the classes in each layer’s averaged features.',
  scatter:
    'Intervals are over the held-out images; variation with the split is not shown, and selectivity has no interval.',
  measures: [
    {
      name: 'cross-entropy',
      title: 'Probe cross-entropy',
      kind: 'number',
      range: 'not negative',
      axis: 'held-out cross-entropy / ln(classes)',
    },
    { name: 'accuracy', title: 'Probe accuracy', kind: 'share', axis: 'held-out accuracy' },
    {
      name: 'selectivity',
      title: 'Selectivity',
      kind: 'share',
      range: 'signed share',
      axis: 'accuracy minus accuracy with shuffled labels',
    },
  ],
  settings: z.strictObject({
    images: imagesSetting,
    dimension: z
      .int()
      .min(1)
      .max(4096)
      .nullable()
      .default(null)
      .describe(
        'number of principal components of a layer given to the probe, to compare wide and narrow layers',
      ),
  }),
});
