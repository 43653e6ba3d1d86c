import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesOf, layersSetting } from '../../settings.ts';

/** What excites a channel most. */
export const topImagesMethod = defineMethod({
  name: 'top-images',
  title: 'Top images and patches',
  family: 'pictures',
  order: 6,
  about:
    'The images with the strongest activation of each channel, and the part within its receptive field; of all classes, or of one.',
  scatter: 'No interval: variation over images is not shown.',
  measures: [
    {
      name: 'class-purity',
      title: 'Class purity of top images',
      kind: 'share',
      axis: 'share of a channel’s top images in their most frequent class',
    },
  ],
  settings: z.strictObject({
    images: imagesOf(500),
    layers: layersSetting,
    class: z
      .string()
      .default('')
      .describe(
        'name or number of the class whose images are looked at, with the channels that respond to them most and their guided backpropagation; if empty, images of all classes and the first channels',
      ),
    channels: z.int().min(1).max(256).default(10).describe('number of channels shown of each layer'),
    top: z.int().min(2).max(50).default(9).describe('number of images for each channel'),
  }),
});
