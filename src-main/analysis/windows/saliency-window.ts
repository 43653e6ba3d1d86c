import type { Shape } from '../../../src-shared/networks/layer.ts';

/** What a map of saliency has less of, between its least and its greatest value, counts as nothing. */
const THRESHOLD = 0.7;

/** A map, row by row. */
export interface SaliencyMap {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** The part of a map that a window shows. */
export interface Window {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** A window of each image, by its centre in the layer of the saliency. */
export interface SaliencyWindows {
  /** Its name. */
  readonly layer: string;
  /** Its sides: height and width. */
  readonly sides: readonly [number, number];
  /** Side of the window there. */
  readonly window: number;
  /** Row and column of the centre of each image's window. */
  readonly centres: Uint16Array;
}

/** From 0 to 1, values under 0.7 set to 0; nothing where all are alike. */
export function salientPart({ height, width, values }: SaliencyMap): SaliencyMap {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const scaled = values.map((value) => {
    const share = high > low ? (value - low) / (high - low) : 0;
    return share < THRESHOLD ? 0 : share;
  });
  return { height, width, values: scaled };
}

/** The square window inside a map with the greatest sum; the topmost, then the leftmost of several. */
export function bestWindow(map: SaliencyMap, side: number): Window & { readonly sum: number } {
  const { height, width } = map;
  const size = { height: Math.min(side, height), width: Math.min(side, width) };
  let best = { top: 0, left: 0, ...size, sum: -Infinity };
  for (let top = 0; top + size.height <= height; top++)
    for (let left = 0; left + size.width <= width; left++) {
      const sum = windowSum(map, { top, left, ...size });
      if (sum > best.sum) best = { top, left, ...size, sum };
    }
  return best;
}

/** The sum of the values that a window shows. */
export function windowSum({ width, values }: SaliencyMap, window: Window): number {
  let sum = 0;
  for (let row = window.top; row < window.top + window.height; row++)
    for (let column = window.left; column < window.left + window.width; column++)
      sum += values[row * width + column] as number;
  return sum;
}

/** The window in the middle of a map. */
export function middleWindow({ height, width }: Pick<SaliencyMap, 'height' | 'width'>, side: number): Window {
  return windowAt([Math.floor(height / 2), Math.floor(width / 2)], [side, side], [height, width]);
}

/**
 * Where a layer shows an image's window: the centre is carried over by the ratio of the sides, rounded to a whole number; the
 * window is as many times as large, one more where that is even, and is moved inside.
 */
export function windowIn(windows: SaliencyWindows, image: number, [height, width]: Shape): Window {
  const ratios = [height, width].map((side, axis) => ratioOf(side, windows.sides[axis] ?? 1)) as [
    number,
    number,
  ];
  const centre = ratios.map((ratio, axis) => ratio * (windows.centres[2 * image + axis] ?? 0)) as [
    number,
    number,
  ];
  return windowAt(centre, sidesIn(windows, [height, width]), [height, width]);
}

/** Height and width of the windows in a layer. */
export function sidesIn(
  { window, sides }: SaliencyWindows,
  output: readonly [number, number, ...number[]],
): [number, number] {
  const sideOf = (axis: 0 | 1): number => {
    const ratio = ratioOf(output[axis], sides[axis]);
    const side = ratio * window;
    return Math.min(output[axis], ratio > 1 && side % 2 === 0 ? side + 1 : side);
  };
  return [sideOf(0), sideOf(1)];
}

function ratioOf(side: number, ofSaliency: number): number {
  return Math.max(1, Math.round(side / ofSaliency));
}

function windowAt(
  [row, column]: readonly [number, number],
  [height, width]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): Window {
  const [sideways, down] = [Math.min(width, columns), Math.min(height, rows)];
  const inside = (start: number, most: number): number => Math.max(0, Math.min(start, most));
  return {
    top: inside(row - Math.floor(down / 2), rows - down),
    left: inside(column - Math.floor(sideways / 2), columns - sideways),
    ...{ height: down, width: sideways },
  };
}

/**
 * Of whole maps of images in turn, [count, h w c], what each image's window shows, [count, window's h w c].
 * @param first the image that the maps begin with
 */
export function cropToWindows(
  windows: SaliencyWindows,
  output: Shape,
  maps: Float32Array,
  first: number,
): Float32Array {
  const [height, width, channels] = output;
  const size = height * width * channels;
  const [down, sideways] = sidesIn(windows, output);
  const row = sideways * channels;
  const count = maps.length / size;
  const cropped = new Float32Array(count * down * row);
  let end = 0;
  for (let place = 0; place < count; place++) {
    const { top, left } = windowIn(windows, first + place, output);
    for (let y = top; y < top + down; y++) {
      const from = place * size + (y * width + left) * channels;
      cropped.set(maps.subarray(from, from + row), end);
      end += row;
    }
  }
  return cropped;
}
