import type { Shape } from '../../../src-shared/networks/layer.ts';
import type { ChannelStatistics } from '../../datasets/normalization.ts';
import { perImage } from './map-rows.ts';
import type { Picture } from './picture.ts';
import type { EvaluationSet, ImageBatch, Subject } from '../subject.ts';

/**
 * A normalised image, [h, w, c] with one channel (grey) or three, as it was before the normalisation. Values that no
 * byte could have had are cut off.
 */
export function photograph(
  values: ArrayLike<number>,
  [height, width, channels]: Shape,
  { mean, std }: ChannelStatistics,
): Picture {
  const pixels = new Uint8Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      const channel = channels === 1 ? 0 : colour;
      const value = values[pixel * channels + channel] ?? 0;
      const byte = 255 * (value * (std[channel] ?? 1) + (mean[channel] ?? 0));
      pixels[pixel * 3 + colour] = Math.min(255, Math.max(0, Math.round(byte)));
    }
  }
  return { width, height, pixels };
}

/** The images of a set as they were before the normalisation. */
export function photographs(set: ImageBatch, subject: Pick<Subject, 'graph' | 'statistics'>): Picture[] {
  const { graph, statistics } = subject;
  return perImage(set.images, set.count).map((values) => photograph(values, graph.input, statistics));
}

/** One of them, by its place in the set. */
export function photographOf(
  set: EvaluationSet,
  image: number,
  { graph, statistics }: Pick<Subject, 'graph' | 'statistics'>,
): Picture {
  return photograph(set.images(image, image + 1), graph.input, statistics);
}
