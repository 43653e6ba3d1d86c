import { z } from 'zod';
import { layerNames, imagesSetting } from '../../settings.ts';
import { defineMethod } from '../../method.ts';

const scopes = ['network'] as const;

/** What the network loses without several of its parts at once. */
export const jointLesionMethod = defineMethod({
  name: 'joint-lesion',
  title: 'Joint ablation',
  family: 'ablation',
  order: 2,
  about: 'What the network loses without the named branches and layers, all of them at once.',
  scatter: 'Intervals are over the images.',
  measures: [
    {
      name: 'accuracy-intact',
      title: 'Accuracy of the intact network',
      kind: 'share',
      axis: 'accuracy',
      scopes,
    },
    {
      name: 'accuracy-ablated',
      title: 'Accuracy without the parts',
      kind: 'share',
      axis: 'accuracy',
      scopes,
    },
    {
      ...{ name: 'accuracy-lost', title: 'Accuracy lost without the parts', kind: 'share' },
      ...{ range: 'signed share', axis: 'accuracy lost', scopes },
    },
    {
      ...{ name: 'loss-added', title: 'Loss added without the parts', kind: 'number' },
      ...{ range: 'any', axis: 'cross-entropy added', scopes },
    },
    {
      name: 'only-intact',
      title: 'Images right only in the intact network',
      kind: 'count',
      axis: 'images',
      scopes,
    },
    {
      name: 'only-ablated',
      title: 'Images right only without the parts',
      kind: 'count',
      axis: 'images',
      scopes,
    },
    { name: 'p', title: 'p of McNemar’s exact test', kind: 'share', axis: 'p', scopes },
  ],
  settings: z.strictObject({
    without: z
      .string()
      .overwrite((text) => [...new Set(layerNames(text))].toSorted().join(' '))
      .default('')
      .describe('names of branches, layers and modules, separated by commas; if empty, nothing is left out'),
    part: z
      .enum(['validation', 'test'])
      .default('validation')
      .describe('the images on which accuracy is measured; an imported network has only those of `test`'),
    replacement: z
      .enum(['mean', 'zero', 'resample'])
      .default('mean')
      .describe('what takes the place of an output: its mean, zero, or that of another image'),
    images: imagesSetting,
  }),
});
