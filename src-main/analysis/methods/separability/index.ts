import { z } from 'zod';
import { defineMethod } from '../../method.ts';

/** The measures, by the names that their results have. */
export const MEASURES = [
  { name: 'share', title: 'Separability', axis: 'first singular value / sum of the three' },
  { name: 'energy', title: 'Separable energy', axis: 'first singular value² / sum of squares' },
] as const;

/** How nearly 3x3 slices are a column times a row. */
export const separabilityMethod = defineMethod({
  name: 'separability',
  title: 'Separability of 3x3 kernels',
  family: 'weights',
  order: 5,
  about: 'How close each 3x3 filter is to a column times a row, i.e. to a 3x1 and a 1x3 convolution.',
  scatter: 'No intervals: the weights are deterministic.',
  measures: MEASURES.map((measure) => ({ ...measure, kind: 'share' })),
  ofWeights: true,
  settings: z.object({}),
});
