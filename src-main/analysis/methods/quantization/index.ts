import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** Bits to which weights are rounded. */
export const BITS = [8, 6, 4, 3, 2] as const;

const NUMBERS = [
  { name: 'accuracy', title: 'Accuracy', axis: 'test accuracy', range: 'share' },
  { name: 'accuracy-lost', title: 'Accuracy lost', axis: 'accuracy lost', range: 'signed share' },
  {
    name: 'error',
    title: 'Error of the weights',
    axis: 'squared error / sum of squares',
    range: 'not negative',
  },
] as const;

/** How many bits the weights of a layer need. */
export const quantizationMethod = defineMethod({
  name: 'quantization',
  title: 'Quantization',
  family: 'compression',
  order: 2,
  about: 'What the network loses when the weights of one or all layers are rounded to a few bits.',
  scatter: 'Intervals of the accuracy lost are over the images; the error of the weights is exact.',
  measures: BITS.flatMap((bits) =>
    NUMBERS.map(({ name, title, axis, range }) => ({
      name: `${name}-${bits}-bit`,
      title: `${title} at ${bits} bits`,
      kind: 'share' as const,
      range,
      axis: `${axis}, ${bits} bits`,
      scopes: ['network', 'layer'] as const,
    })),
  ),
  settings: z.object({
    images: imagesSetting,
    scheme: z
      .enum(['symmetric', 'affine'])
      .default('symmetric')
      .describe('symmetric: range around zero; affine: range from the smallest to the largest weight'),
  }),
});
