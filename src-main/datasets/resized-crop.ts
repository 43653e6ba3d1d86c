import type { RandomStream } from '../../src-shared/random.ts';

/** A rectangle of a picture, in its pixels. */
export interface CropWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The widest form of a crop: width over height, or height over width. */
const WIDEST = 4 / 3;

/** Draws until a window fits, at most so often. */
const DRAWS = 10;

/**
 * Draws the window of a resized crop: a share of the area, uniform from `cropScale` to 1, and a form, log-uniform from 3:4 to
 * 4:3, at a uniform place; after ten that do not fit, the largest centred window of an allowed form. As Szegedy et al. 2015
 * ("Going deeper with convolutions") train; the same distribution as torchvision's RandomResizedCrop.
 */
export function drawCropWindow(
  cropScale: number,
  { width, height }: Pick<CropWindow, 'width' | 'height'>,
  stream: RandomStream,
): CropWindow {
  for (let draw = 0; draw < DRAWS; draw++) {
    const area = width * height * (cropScale + (1 - cropScale) * stream.uniform());
    const form = Math.exp((2 * stream.uniform() - 1) * Math.log(WIDEST));
    const size = { width: Math.round(Math.sqrt(area * form)), height: Math.round(Math.sqrt(area / form)) };
    if (size.width < 1 || size.height < 1 || size.width > width || size.height > height) continue;
    const top = Math.floor(stream.uniform() * (height - size.height + 1));
    const left = Math.floor(stream.uniform() * (width - size.width + 1));
    return { left, top, ...size };
  }
  return centred(width, height);
}

/** The largest centred window of an allowed form. */
function centred(width: number, height: number): CropWindow {
  const size = {
    width: Math.min(width, Math.max(1, Math.round(height * WIDEST))),
    height: Math.min(height, Math.max(1, Math.round(width * WIDEST))),
  };
  const left = Math.round((width - size.width) / 2);
  const top = Math.round((height - size.height) / 2);
  return { left, top, ...size };
}

/**
 * A window of an image brought to the image's own size: bilinear between the centres of pixels, repeated at the window's border,
 * rounded to bytes.
 * @param image height x width x channels bytes
 */
export function enlargeWindow(
  image: Uint8Array,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
  window: CropWindow,
  output: Uint8Array,
): void {
  const columns = placesOf(width, window.left, window.width);
  const rows = placesOf(height, window.top, window.height);
  let at = 0;
  for (const { from: upper, to: lower, share: down } of rows) {
    for (const { from, to, share: right } of columns) {
      for (let channel = 0; channel < channels; channel++) {
        const value = (row: number, column: number): number =>
          image[(row * width + column) * channels + channel] as number;
        const top = value(upper, from) * (1 - right) + value(upper, to) * right;
        const bottom = value(lower, from) * (1 - right) + value(lower, to) * right;
        output[at++] = Math.round(top * (1 - down) + bottom * down);
      }
    }
  }
}

/** Between which two places of a window each place of the output lies, and how far behind the first. */
function placesOf(size: number, first: number, extent: number) {
  return Array.from({ length: size }, (_, place) => {
    const inside = Math.max(0, ((place + 0.5) * extent) / size - 0.5);
    const from = Math.floor(inside);
    return { from: first + from, to: first + Math.min(from + 1, extent - 1), share: inside - from };
  });
}
