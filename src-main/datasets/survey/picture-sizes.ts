import type { DatasetSurvey, Spread } from '../../../src-shared/datasets/dataset-survey.ts';
import { type KeptPictures, recordOf } from '../kept-pictures.ts';

/** Sizes of the pictures that were kept. @param side of the images; `smaller` counts pictures that had to be enlarged */
export function pictureSizes(pictures: KeptPictures, count: number, side: number): DatasetSurvey['pictures'] {
  const widths = new Uint32Array(count);
  const heights = new Uint32Array(count);
  let smaller = 0;
  for (let image = 0; image < count; image++) {
    const { width, height } = recordOf(pictures, image);
    widths[image] = width;
    heights[image] = height;
    if (Math.min(width, height) < side) smaller += 1;
  }
  return { width: spread(widths), height: spread(heights), smaller };
}

function spread(values: Uint32Array): Spread {
  const sorted = values.toSorted();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { least: at(0), median: at(0.5), most: at(1) };
}
