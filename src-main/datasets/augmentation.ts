import type { RandomStream } from '../../src-shared/random.ts';
import type { AugmentationRecipe } from '../../src-shared/studies/recipe.ts';
import { type Normalizing, writePixels } from './normalization.ts';

/** How one image is varied in one epoch. */
export interface Variation {
  /** Pixels by which the image moves up and left (negative: down and right). */
  readonly shiftY: number;
  readonly shiftX: number;
  readonly flip: boolean;
  /** Radians, counter-clockwise as seen; 0 for none. */
  readonly angle: number;
  /** Centre of the blanked square, or null. */
  readonly cutout: Cutout | null;
}

interface Cutout {
  readonly y: number;
  readonly x: number;
  readonly size: number;
}

/**
 * Draws an image's variation. All six numbers are drawn, in one order, whether they are used or not: a study
 * that varies the augmentation compares runs that share the crops and flips they have in common. A resized crop, of which only the
 * window is drawn, comes before and is drawn after them.
 */
export function drawVariation(
  recipe: AugmentationRecipe,
  height: number,
  width: number,
  stream: RandomStream,
): Variation {
  const { augment, cropPadding, rotationDegrees, cutoutSize } = recipe;
  const shifts = 2 * cropPadding + 1;
  const shiftY = Math.floor(stream.uniform() * shifts) - cropPadding;
  const shiftX = Math.floor(stream.uniform() * shifts) - cropPadding;
  const flip = stream.uniform() < 0.5;
  const angle = (2 * stream.uniform() - 1) * rotationDegrees * (Math.PI / 180);
  const y = Math.floor(stream.uniform() * height);
  const x = Math.floor(stream.uniform() * width);
  const crop = augment.includes('crop');
  return {
    shiftY: crop ? shiftY : 0,
    shiftX: crop ? shiftX : 0,
    flip: flip && augment.includes('flip'),
    angle: augment.includes('rotation') ? angle : 0,
    cutout: augment.includes('cutout') ? { y, x, size: cutoutSize } : null,
  };
}

/** Where one image lies and goes. */
export interface ImageTask extends Normalizing {
  /** Of the image's first byte. */
  readonly from: number;
  /** Of the image's first value in `output`. */
  readonly to: number;
}

/**
 * Normalises an image and varies it: rotation about its centre (bilinear), then the crop from the image padded
 * on all sides, then the mirror, then the cutout. What lies outside the image, and the cutout, is 0 after
 * normalisation, i.e. the training part's mean colour.
 */
export function writeVaried(task: ImageTask, variation: Variation): void {
  if (variation.angle === 0) writeShifted(task, variation);
  else writeRotated(task, variation);
  if (variation.cutout !== null) blank(task, variation.cutout);
}

function writeShifted(task: ImageTask, { shiftY, shiftX, flip }: Variation): void {
  const { from, shape, output, to } = task;
  const [height, width, channels] = shape;
  const row = width * channels;
  // Columns of the output whose source lies inside; with a flip, output column x shows column width - 1 - x.
  const first = Math.max(0, -shiftX);
  const last = Math.min(width, width - shiftX);
  for (let y = 0; y < height; y++) {
    const start = to + y * row;
    const sourceY = y + shiftY;
    if (sourceY < 0 || sourceY >= height || first >= last) {
      output.fill(0, start, start + row);
      continue;
    }
    if (last - first < width) output.fill(0, start, start + row);
    const source = from + sourceY * row + (first + shiftX) * channels;
    const target = start + (flip ? width - 1 - first : first) * channels;
    writePixels(task, source, target, last - first, flip);
  }
}

function writeRotated(task: ImageTask, { shiftY, shiftX, flip, angle }: Variation): void {
  const { images, from, shape, table, output, to } = task;
  const [height, width, channels] = shape;
  const row = width * channels;
  const sine = Math.sin(angle);
  const cosine = Math.cos(angle);
  const centerY = (height - 1) / 2;
  const centerX = (width - 1) / 2;
  for (let y = 0; y < height; y++) {
    const rotatedY = y + shiftY;
    for (let x = 0; x < width; x++) {
      const rotatedX = (flip ? width - 1 - x : x) + shiftX;
      const target = to + y * row + x * channels;
      if (rotatedY < 0 || rotatedY >= height || rotatedX < 0 || rotatedX >= width) {
        for (let channel = 0; channel < channels; channel++) output[target + channel] = 0;
        continue;
      }
      const v = rotatedY - centerY;
      const u = rotatedX - centerX;
      const sourceX = centerX + cosine * u - sine * v;
      const sourceY = centerY + sine * u + cosine * v;
      const x0 = Math.floor(sourceX);
      const y0 = Math.floor(sourceY);
      const right = sourceX - x0;
      const down = sourceY - y0;
      // The four neighbours' weights; one that lies outside counts as 0 and is read at a place that exists.
      const top = y0 >= 0 && y0 < height ? 1 - down : 0;
      const bottom = y0 >= -1 && y0 < height - 1 ? down : 0;
      const leftInside = x0 >= 0 && x0 < width ? 1 - right : 0;
      const rightInside = x0 >= -1 && x0 < width - 1 ? right : 0;
      const atTop = from + (top > 0 ? y0 : 0) * row;
      const atBottom = from + (bottom > 0 ? y0 + 1 : 0) * row;
      const atLeft = (leftInside > 0 ? x0 : 0) * channels;
      const atRight = (rightInside > 0 ? x0 + 1 : 0) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const entry = channel << 8;
        const upper =
          leftInside * (table[entry | (images[atTop + atLeft + channel] as number)] as number) +
          rightInside * (table[entry | (images[atTop + atRight + channel] as number)] as number);
        const lower =
          leftInside * (table[entry | (images[atBottom + atLeft + channel] as number)] as number) +
          rightInside * (table[entry | (images[atBottom + atRight + channel] as number)] as number);
        output[target + channel] = top * upper + bottom * lower;
      }
    }
  }
}

function blank({ shape, output, to }: ImageTask, cutout: Cutout): void {
  const [height, width, channels] = shape;
  const { top, bottom, left, right } = blankedBy(cutout, height, width);
  for (let line = top; line < bottom; line++) {
    const start = to + (line * width + left) * channels;
    output.fill(0, start, start + (right - left) * channels);
  }
}

/** The pixels of a cutout that lie inside the image; `bottom` and `right` are not among them. */
export function blankedBy({ y, x, size }: Cutout, height: number, width: number) {
  const [top, left] = [y - (size >> 1), x - (size >> 1)];
  return {
    top: Math.max(0, top),
    bottom: Math.min(height, top + size),
    left: Math.max(0, left),
    right: Math.min(width, left + size),
  };
}
