import { risingColours } from './colour-map.ts';
import type { Picture } from './picture.ts';

/** Share of the colours of the map; the rest is the photograph in grey. */
const STRENGTH = 0.65;

/** A map over a photograph: dark at zero, light at `high`; values of the photograph's size, row by row. */
export function overlay(photograph: Picture, values: ArrayLike<number>, high: number): Picture {
  const { width, height, pixels } = photograph;
  const colours = risingColours(values, width, [0, high]);
  const mixed = colours.pixels.map((colour, at) => {
    const first = at - (at % 3);
    const [red = 0, green = 0, blue = 0] = pixels.subarray(first, first + 3);
    const grey = 0.299 * red + 0.587 * green + 0.114 * blue;
    return Math.round(STRENGTH * colour + (1 - STRENGTH) * grey);
  });
  return { width, height, pixels: mixed };
}
