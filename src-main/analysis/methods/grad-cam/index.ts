import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { classSetting, layersSetting, shownSetting } from '../../settings.ts';

/** Where in a layer the evidence for a class lies. */
export const gradCamMethod = defineMethod({
  name: 'grad-cam',
  title: 'Grad-CAM',
  family: 'pictures',
  order: 1,
  about: 'Where each layer’s output contains evidence for a class.',
  scatter: 'The interval is over the few images shown (Wilson).',
  measures: [
    {
      name: 'empty',
      title: 'Images without a Grad-CAM map',
      kind: 'share',
      axis: 'share of images without evidence for the class',
    },
  ],
  settings: z.strictObject({ shown: shownSetting(10), layers: layersSetting, class: classSetting }),
});
