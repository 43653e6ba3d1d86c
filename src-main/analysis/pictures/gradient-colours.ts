import { coloursAboutGrey } from './colour-map.ts';
import type { Picture } from './picture.ts';
import { reach } from './reach.ts';

/** Share of the values of a gradient that its colours reach to: few are many times as large as all others. */
const REACH = 0.995;

/** What `gradientColours` shows, for a caption. */
export const GRADIENT_COLOURS = 'in its colours about grey (0), each scaled to its own 99.5th percentile';

/** A gradient at an image in the colours of the image. @param values [h, w, c] */
export function gradientColours(
  values: Float32Array,
  shape: readonly [height: number, width: number, channels: number],
): Picture {
  // most of a gradient within a receptive field is zero
  const extent = reach([values], REACH, 'left out');
  return coloursAboutGrey(values, shape, extent);
}
