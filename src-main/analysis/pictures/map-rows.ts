import { enlargeTo, type Picture } from './picture.ts';
import { tile } from './tile.ts';

/** Pixels of the shorter side of an image in a row of images. */
const SHOWN_SIDE = 96;

/** Pictures below each other, each a row of as many as there are images. */
export function imageRows(...rows: readonly (readonly Picture[])[]): Picture {
  return tile(
    rows.map((row) => row.map((picture) => enlargeTo(picture, SHOWN_SIDE))),
    4,
  );
}

/** The values of each of so many images, without copying them. */
export function perImage(values: Float32Array, count: number): Float32Array[] {
  const size = values.length / count;
  return Array.from({ length: count }, (_, image) => values.subarray(image * size, (image + 1) * size));
}

/** Each photograph with the map of its place. */
export function drawMaps(
  photographs: readonly Picture[],
  maps: readonly Float32Array[],
  draw: (photograph: Picture, map: Float32Array) => Picture,
): Picture[] {
  return photographs.map((photograph, image) => {
    const map = maps[image];
    if (map === undefined) throw new Error(`no map of image ${image}`);
    return draw(photograph, map);
  });
}

/** The largest value, and no less than zero. */
export function highest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((high, value) => Math.max(high, value), 0);
}

/** The largest value without its sign. */
export function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((high, value) => Math.max(high, Math.abs(value)), 0);
}
