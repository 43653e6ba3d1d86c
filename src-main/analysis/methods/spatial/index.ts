import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** How much of what a layer represents depends on position. */
export const spatialMethod = defineMethod({
  name: 'spatial',
  title: 'Spatial gap',
  family: 'representation',
  order: 8,
  features: 'grid',
  about: 'Accuracy that a linear classifier gains from a 4x4 grid of each layer over its average.',
  scatter: 'Intervals are over the held-out images; variation with the split is not shown.',
  measures: [
    {
      name: 'accuracy 4x4',
      title: 'Probe accuracy on 4x4',
      kind: 'share',
      axis: 'held-out accuracy on 4x4 features',
    },
    {
      name: 'cross-entropy 4x4',
      title: 'Probe cross-entropy on 4x4',
      kind: 'number',
      range: 'not negative',
      axis: 'held-out cross-entropy on 4x4 features / ln(classes)',
    },
    {
      name: 'gap',
      title: 'Spatial gap',
      kind: 'share',
      range: 'signed share',
      axis: 'accuracy on 4x4 minus accuracy on averaged features',
    },
    {
      name: 'receptive field / image',
      title: 'Receptive field / image',
      kind: 'number',
      axis: 'theoretical receptive field / side of the image',
    },
    {
      name: 'sees the whole image',
      title: 'First layer that sees the whole image',
      kind: 'count',
      axis: '1 at the layer from which the receptive field exceeds the image',
    },
  ],
  settings: z.strictObject({ images: imagesSetting }),
});
