import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';
import { windowSetting } from '../../windows/window-setting.ts';

/** How much of what is salient a small window shows. */
export const spatialWindowMethod = defineMethod({
  name: 'spatial-window',
  title: 'Saliency window',
  family: 'representation',
  order: 9,
  about: 'How much of an image’s saliency in the last layer with places a small window shows.',
  scatter: 'Intervals are over the images (t); variation of the saliency with its method is not shown.',
  measures: [
    {
      name: 'held share',
      title: 'Saliency that the window holds',
      kind: 'share',
      axis: 'mean share of an image’s saliency inside its window',
    },
    {
      name: 'images without saliency',
      title: 'Images without saliency',
      kind: 'share',
      axis: 'share of images in which nothing is salient',
    },
  ],
  settings: z.strictObject({ images: imagesSetting, window: windowSetting }),
});
