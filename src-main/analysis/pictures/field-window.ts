import type { Graph } from '../../../src-shared/networks/graph.ts';
import { receptiveFields } from '../../../src-shared/networks/receptive-field.ts';
import { paste, type Picture, plainPicture } from './picture.ts';

/** Where the units of a layer look, in pixels of the image; a field may reach over its border. */
export interface FieldGrid {
  /** Of the first unit's field. */
  readonly top: number;
  readonly left: number;
  readonly size: number;
  /** From one unit to the next. */
  readonly jump: number;
}

export interface Window {
  readonly top: number;
  readonly left: number;
  readonly size: number;
}

/** The theoretical receptive fields of all layers by name, with their places. */
export function fieldGrids(graph: Graph): ReadonlyMap<string, FieldGrid> {
  const fields = receptiveFields(graph);
  const grids = new Map<string, FieldGrid>();
  for (const layer of graph.layers) {
    const { size, jump } = fields.get(layer.name) ?? { size: 1, jump: 1 };
    const before = layer.inputs.flatMap((name) => grids.get(name) ?? []);
    const step = Math.max(1, ...before.map((grid) => grid.jump));
    const padding = 'padding' in layer ? layer.padding : { top: 0, left: 0 };
    // where branches meet, the one that looks furthest counts
    const top = Math.min(...before.map((grid) => grid.top)) - padding.top * step;
    const left = Math.min(...before.map((grid) => grid.left)) - padding.left * step;
    grids.set(layer.name, before.length === 0 ? { top: 0, left: 0, size, jump } : { top, left, size, jump });
  }
  return grids;
}

/** What the unit in a row and a column of its layer sees. */
export function fieldOf({ top, left, size, jump }: FieldGrid, row: number, column: number): Window {
  return { top: top + row * jump, left: left + column * jump, size };
}

/** The part of a picture in a window, no larger than the picture; grey where the window reaches over its border. */
export function cropTo(picture: Picture, { top, left, size }: Window): Picture {
  const height = Math.min(size, picture.height);
  const width = Math.min(size, picture.width);
  // a window larger than the picture shows the whole picture
  const startTop = size > picture.height ? 0 : top;
  const startLeft = size > picture.width ? 0 : left;
  const cropped = plainPicture(width, height, [128, 128, 128]);
  const from = Math.max(0, startLeft);
  const to = Math.min(picture.width, startLeft + width);
  for (let y = 0; y < height; y++) {
    const row = startTop + y;
    if (row < 0 || row >= picture.height || to <= from) continue;
    const start = (row * picture.width + from) * 3;
    const pixels = picture.pixels.subarray(start, start + (to - from) * 3);
    paste(cropped, { width: to - from, height: 1, pixels }, from - startLeft, y);
  }
  return cropped;
}
