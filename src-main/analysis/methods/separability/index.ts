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
  title: 'Separability of 3x3 filters',
  family: 'weights',
  order: 5,
  about: 'How nearly a 3x3 filter is a column times a row, which two thinner convolutions could do.',
  scatter: 'No intervals: the weights are what they are.',
  measures: MEASURES.map((measure) => ({ ...measure, kind: 'share' })),
  settings: z.object({}),
});
