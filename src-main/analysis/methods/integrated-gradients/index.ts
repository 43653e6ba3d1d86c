import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { classSetting, shownSetting } from '../../settings.ts';

/** Which pixels make up a logit. */
export const integratedGradientsMethod = defineMethod({
  name: 'integrated-gradients',
  title: 'Integrated gradients',
  family: 'pictures',
  order: 2,
  about: 'Contribution of each pixel to the logit of a class, relative to a blank image.',
  scatter: 'No interval: the error is numerical, over the few images shown.',
  measures: [
    {
      name: 'completeness-error',
      title: 'Completeness error',
      kind: 'share',
      range: 'not negative',
      axis: 'missing / difference of the logits',
      scopes: ['network'],
    },
  ],
  settings: z.strictObject({
    shown: shownSetting(10),
    class: classSetting,
    steps: z.int().min(8).max(4096).default(128).describe('steps from the blank image to the image'),
    baseline: z.enum(['mean', 'black']).default('mean').describe('colour of the blank image'),
  }),
});
