import { z } from 'zod';
import type { MeasureDescription } from '../../../../src-shared/analysis/analysis-result.ts';
import type { ImageScores } from '../../lesions/score-changes.ts';
import { defineMethod } from '../../method.ts';
import { imagesOf } from '../../settings.ts';

/** What a coalition is worth: accuracy, or the loss that it saves; what this can be, and what a part in it can be. */
export const WORTHS = [
  { name: 'accuracy', words: 'accuracy', of: accuracyOf, whole: 'share', part: 'signed share' },
  {
    name: 'loss-saved',
    words: 'cross-entropy saved',
    of: (scores: ImageScores) => -lossOf(scores),
    whole: 'any',
    part: 'any',
  },
] as const;

/** How the branches share what they achieve together. */
export const shapleyMethod = defineMethod({
  name: 'shapley',
  title: 'Shapley values of expand layers',
  family: 'ablation',
  order: 6,
  about: 'The share of each expand layer in the accuracy of the network, averaged over all contexts.',
  scatter:
    'Intervals are over the sampled orders, with none if all orders are used; variation over images is not shown.',
  measures: WORTHS.flatMap(({ name, words, whole, part }): MeasureDescription[] => [
    {
      ...{ name, title: `Shapley value, ${words}`, kind: 'number', range: part },
      axis: `${words} (Shapley value)`,
    },
    {
      ...{ name: `${name}-error`, title: `Its standard error, ${words}`, kind: 'number' },
      ...{ range: 'not negative', axis: words },
    },
    {
      ...{ name: `${name}-all`, title: `All expand layers, ${words}`, kind: 'number', axis: words },
      ...{ range: whole, scopes: ['network'] },
    },
    {
      ...{ name: `${name}-none`, title: `No expand layer, ${words}`, kind: 'number', axis: words },
      ...{ range: whole, scopes: ['network'] },
    },
  ]),
  settings: z.strictObject({
    images: imagesOf(500, 'number of images on which each coalition is evaluated'),
    permutations: z
      .int()
      .min(2)
      .max(10_000)
      .default(30)
      .describe('number of sampled orders in which the layers join'),
  }),
});

function accuracyOf({ correct }: ImageScores): number {
  return correct.reduce((sum, value) => sum + value, 0) / correct.length;
}

function lossOf({ losses }: ImageScores): number {
  return losses.reduce((sum, value) => sum + value, 0) / losses.length;
}
