import { significant } from '../../../../src-shared/numbers.ts';
import type { Shape } from '../../../../src-shared/networks/layer.ts';
import { risingColours, signedColours } from '../../pictures/colour-map.ts';
import { enlargeTo, type Picture } from '../../pictures/picture.ts';
import { reach } from '../../pictures/reach.ts';
import { inRows, tile } from '../../pictures/tile.ts';

/** Share of the values that colours reach to. */
const REACH = 0.999;

export interface ChannelMaps {
  /** For each image the maps of its channels, in a square as nearly as can be. */
  readonly blocks: readonly Picture[];
  /** What the colours mean. */
  readonly range: string;
}

/**
 * Draws the outputs of a layer channel by channel, all on one scale: dark is zero, and where there are values below it,
 * white is.
 * @param outputs of each image, [h, w, c]
 */
export function channelMaps(
  outputs: readonly Float32Array[],
  [height, width, channels]: Shape,
  shown: number,
): ChannelMaps {
  const extent = reach(outputs, REACH);
  const signed = outputs.some((output) => output.some((value) => value < 0));
  const draw = (values: Float32Array): Picture =>
    signed ? signedColours(values, width, extent) : risingColours(values, width, [0, extent]);
  const count = Math.min(shown, channels);
  const columns = Math.ceil(Math.sqrt(count));
  const blocks = outputs.map((output) => {
    const maps = Array.from({ length: count }, (_, channel) =>
      draw(
        Float32Array.from({ length: height * width }, (_value, at) => output[at * channels + channel] ?? 0),
      ),
    );
    // a line between small maps must not be wider than they are
    return tile(
      inRows(
        maps.map((map) => enlargeTo(map, SMALLEST)),
        columns,
      ),
      2,
    );
  });
  const limit = significant(extent, 2);
  const range = signed
    ? `vermilion: -${limit} and below, blue: ${limit} and above`
    : `dark: 0, light: ${limit} and above`;
  return { blocks, range };
}

/** Pixels of the shorter side of a map, so that a place can be seen. */
const SMALLEST = 24;
