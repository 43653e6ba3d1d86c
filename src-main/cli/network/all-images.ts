import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { type ChosenImages, type ImageOptions, imagesOf } from '../analyze/images-of.ts';

/** What a network is looked at on where every image counts. @throws Problem `usage` for a number of them */
export function allImages(options: ImageOptions): ChosenImages['data'] {
  const { count, data } = imagesOf(options);
  if (count === null) return data;
  throw new Problem(
    'usage',
    `--images ${count}: every image is evaluated; name a folder of pictures or a data set.`,
  );
}
