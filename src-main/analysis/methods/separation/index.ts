import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

/** Distance of the classes against their width. */
export const separationMethod = defineMethod({
  name: 'separation',
  title: 'Class separation',
  family: 'representation',
  order: 3,
  about: 'Separation of the classes relative to their spread in each layer’s averaged features.',
  scatter: 'No intervals: variation over images is not shown.',
  measures: [
    {
      ...{ name: 'fisher ratio', title: 'Fisher ratio', kind: 'number', range: 'not negative' },
      axis: 'trace(between) / trace(within)',
    },
    {
      ...{ name: 'nc1', title: 'Neural collapse NC1', kind: 'number', range: 'not negative' },
      axis: 'trace(S_W pinv(S_B)) / classes',
    },
  ],
  settings: z.strictObject({ images: imagesSetting }),
});
