import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { classSetting, shownSetting } from '../../settings.ts';

/** What a network loses where a patch covers the image. */
export const occlusionMethod = defineMethod({
  name: 'occlusion',
  title: 'Occlusion',
  family: 'pictures',
  order: 3,
  about: 'Loss of the logit of a class when a patch covers part of the image.',
  scatter: 'The interval is over the few images shown (Wilson).',
  measures: [
    {
      name: 'turned',
      title: 'Images that one patch flips',
      kind: 'share',
      axis: 'share of images whose class changes with one patch',
      scopes: ['network'],
    },
  ],
  settings: z.strictObject({
    shown: shownSetting(10),
    class: classSetting,
    patch: z.number().min(0.02).max(1).default(0.25).describe('side of the patch / side of the image'),
    step: z.number().min(0.05).max(1).default(0.5).describe('distance between positions / side of the patch'),
  }),
});
