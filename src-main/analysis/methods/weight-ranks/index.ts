import { z } from 'zod';
import { defineMethod } from '../../method.ts';

/** The measures, by the names that their results have. */
export const MEASURES = [
  { name: 'stable-rank', of: 'stable', title: 'Stable rank', axis: 'stable rank / min(O, I k k)' },
  {
    name: 'effective-rank',
    of: 'effective',
    title: 'Effective rank',
    axis: 'effective rank / min(O, I k k)',
  },
] as const;

/** How many directions the filters of a layer span. */
export const weightRanksMethod = defineMethod({
  name: 'weight-ranks',
  title: 'Rank of the weights',
  family: 'weights',
  order: 4,
  about: 'Stable and effective rank of each layer’s kernel, relative to the largest rank possible.',
  scatter: 'No intervals: the weights are deterministic.',
  measures: MEASURES.map(({ name, title, axis }) => ({ name, title, axis, kind: 'share' })),
  ofWeights: true,
  settings: z.object({}),
});
