import { coloursAboutGrey, signedColours } from '../../pictures/colour-map.ts';
import type { Picture } from '../../pictures/picture.ts';
import { enlargeTo } from '../../pictures/picture.ts';
import { tile } from '../../pictures/tile.ts';

/** A kernel, [height, width, inputs, filters]. */
export interface KernelValues {
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly filters: number;
  readonly values: ArrayLike<number>;
}

/** Pixels of the shorter side of a kernel's slice. */
const SLICE = 9;

/**
 * The slices of a kernel, a row for each filter and a column for each input, on one scale: white is zero.
 * @param most number of filters and inputs drawn, the first of each
 */
export function kernelPicture(kernel: KernelValues, extent: number, most: number): Picture {
  const { height, width, inputs, filters, values } = kernel;
  const rows = Array.from({ length: Math.min(most, filters) }, (_, filter) =>
    Array.from({ length: Math.min(most, inputs) }, (_input, input) => {
      const slice = Array.from(
        { length: height * width },
        (_tap, tap) => values[(tap * inputs + input) * filters + filter] ?? 0,
      );
      return enlargeTo(signedColours(slice, width, extent), SLICE);
    }),
  );
  return tile(rows, height * width === 1 ? 0 : 2);
}

/**
 * Filters that look at an image, in its colours: grey is zero, each filter scaled to its own largest value.
 * @param kernel with three inputs
 */
export function colourFilters({ height, width, filters, values }: KernelValues): Picture[] {
  return Array.from({ length: filters }, (_, filter) => {
    const taps = Array.from(
      { length: height * width * 3 },
      (_tap, tap) => values[tap * filters + filter] ?? 0,
    );
    return enlargeTo(coloursAboutGrey(taps, [height, width, 3]), 5 * SLICE);
  });
}
