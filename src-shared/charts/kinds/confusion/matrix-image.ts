import { indexedPng } from '../../indexed-png.ts';
import { colourAmong } from '../../palette.ts';
import type { ConfusionPanel } from './data.ts';
import type { MatrixLook } from './matrix-look.ts';

/** Pixels of a side at least, so that programs which smooth what they enlarge leave squares square. */
const LEAST_SIDE = 1000;
/** Colours of the scale; one more stands for a class without images. */
const STEPS = 255;

/** A matrix as PNG, in the colours of the scale. @param empty colour of a class without images */
export function matrixImage(
  { shares }: Pick<ConfusionPanel, 'shares'>,
  empty: string,
  { stops, position }: Pick<MatrixLook, 'stops' | 'position'>,
): Uint8Array {
  const size = shares.length;
  const repeat = Math.ceil(LEAST_SIDE / Math.max(1, size));
  const side = size * repeat;
  const pixels = new Uint8Array(side * side);
  for (const [row, line] of shares.entries()) {
    const start = row * repeat * side;
    for (const [column, share] of line.entries()) {
      const colour = share === null ? STEPS : Math.round(position(share) * (STEPS - 1));
      pixels.fill(colour, start + column * repeat, start + (column + 1) * repeat);
    }
    for (let copy = 1; copy < repeat; copy++) pixels.copyWithin(start + copy * side, start, start + side);
  }
  const scale = Array.from({ length: STEPS }, (_, step) => colourAmong(stops, step / (STEPS - 1)));
  return indexedPng(pixels, { width: side, height: side }, [...scale, empty]);
}
