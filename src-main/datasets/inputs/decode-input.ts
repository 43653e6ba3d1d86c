import sharp, { type Metadata } from 'sharp';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { Unreadable } from '../import/broken-pictures.ts';
import { enlarge, type RawPicture } from './enlarge.ts';
import { uprightPicture } from '../upright-picture.ts';
import { withOwnError } from '../import/own-errors.ts';
import { isGreyOnly } from '../import/picture-header.ts';
import { SIGNATURE_BYTES, signatureProblem } from '../import/picture-signature.ts';

/** What of a picture a network sees. */
export interface InputSize {
  /** [height, width, channels]; channels is 1 or 3. */
  readonly shape: Shape;
  /** The short side of the picture becomes so many pixels long before its middle is cut out. */
  readonly shortSide: number;
}

export interface DecodedInput {
  /** [height, width, channels], row by row; red, green, blue, or grey. */
  readonly pixels: Uint8Array;
  /** Whether the file holds shades of grey only; as an input of three channels they are equal. */
  readonly isGrey: boolean;
  /** Upright, in pixels: of the file, and after scaling, before the middle is cut out. */
  readonly original: Extent;
  readonly scaled: Extent;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/**
 * A picture as the input of a network, as torchvision's `Resize(shortSide)` and `CenterCrop` make it of one: resampled
 * (bilinear, antialiased), the long side rounded down, the middle cut out. Before that it is turned upright by its EXIF
 * orientation, brought to sRGB, and its transparency laid on white. A short side that would not fill the input is made as
 * long as it takes.
 * @throws Unreadable if it is of no format that is read, or cannot be decoded to its end
 */
export async function decodeInput(content: Buffer, size: InputSize): Promise<DecodedInput> {
  const refusal = signatureProblem(content.subarray(0, SIGNATURE_BYTES));
  if (refusal !== null) throw new Unreadable(refusal);
  return withOwnError(async () => {
    try {
      return await decode(content, size);
    } catch (error) {
      throw Unreadable.because(error);
    }
  });
}

async function decode(content: Buffer, size: InputSize): Promise<DecodedInput> {
  const metadata = await sharp(content).metadata();
  const { width, height } = scaledSize(metadata, size);
  const original = { width: metadata.autoOrient.width, height: metadata.autoOrient.height };
  const isLarger = width > original.width;
  const upright = uprightPicture(content, 'srgb');
  const resized = isLarger
    ? upright
    : upright.resize(width, height, { fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false });
  const { data, info } = await resized.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const decoded = { width: info.width, height: info.height, pixels: data };
  const whole = isLarger ? enlarge(decoded, width, height) : decoded;
  const pixels = middleOf(whole, size.shape);
  return { pixels, isGrey: isGreyOnly(metadata), original, scaled: { width, height } };
}

/** As torchvision computes it. */
function scaledSize({ autoOrient }: Metadata, { shape: [rows, columns], shortSide }: InputSize): Extent {
  const { width, height } = autoOrient;
  const short = Math.min(width, height);
  const fills = Math.ceil(Math.max((rows * short) / height, (columns * short) / width));
  const side = Math.max(shortSide, fills);
  return { width: Math.floor((side * width) / short), height: Math.floor((side * height) / short) };
}

/** The middle of a picture of three channels, in the channels that are wanted. */
function middleOf({ width, height, pixels: rgb }: RawPicture, [rows, columns, channels]: Shape): Uint8Array {
  const pixels = new Uint8Array(rows * columns * channels);
  const top = halfOf(height - rows);
  const left = halfOf(width - columns);
  for (let row = 0; row < rows; row++) {
    const from = ((top + row) * width + left) * 3;
    const line = rgb.subarray(from, from + columns * 3);
    pixels.set(channels === 3 ? line : greyOf(line), row * columns * channels);
  }
  return pixels;
}

/** Rounded as torchvision does it: a half to the even number. */
function halfOf(extent: number): number {
  const down = Math.floor(extent / 2);
  return extent % 2 === 1 && down % 2 === 1 ? down + 1 : down;
}

/** The luma of ITU-R BT.601 of each pixel, as Pillow computes it. */
function greyOf(rgb: Uint8Array): Uint8Array {
  return Uint8Array.from(
    { length: rgb.length / 3 },
    (_, at) =>
      (19595 * (rgb[3 * at] ?? 0) + 38470 * (rgb[3 * at + 1] ?? 0) + 7471 * (rgb[3 * at + 2] ?? 0) + 32768) >>
      16,
  );
}
