import { z } from 'zod';
import { defineMethod } from '../../method.ts';

const scopes = ['network'] as const;

/** How well the network does, on all images there are. */
export const evaluationMethod = defineMethod({
  name: 'evaluation',
  title: 'Evaluation',
  family: 'evaluation',
  order: 1,
  about:
    'Accuracy, top-k accuracy and loss on all images of the test part or folder, among all classes and among those of the images.',
  scatter: 'Intervals are over the images (Wilson; for losses, t); variation with the training is not shown.',
  measures: [
    { name: 'accuracy', title: 'Accuracy', kind: 'share', axis: 'accuracy', scopes },
    { name: 'top-k-accuracy', title: 'Top-k accuracy', kind: 'share', axis: 'top-k accuracy', scopes },
    {
      name: 'loss',
      title: 'Loss',
      kind: 'number',
      range: 'not negative',
      axis: 'cross-entropy (nats)',
      scopes,
    },
    {
      name: 'accuracy-among',
      title: 'Accuracy among the classes of the images',
      ...{ kind: 'share', axis: 'accuracy among the classes of the images', scopes },
    },
    {
      name: 'loss-among',
      title: 'Loss among the classes of the images',
      ...{
        kind: 'number',
        range: 'not negative',
        axis: 'cross-entropy among the classes of the images (nats)',
        scopes,
      },
    },
  ],
  settings: z.object({
    top: z
      .int()
      .min(2)
      .max(100)
      .default(5)
      .describe('k of the top-k accuracy; not defined for so few classes'),
  }),
});
