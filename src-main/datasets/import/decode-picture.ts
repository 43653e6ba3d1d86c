import type { OutputInfo } from 'sharp';
import { uprightPicture } from '../upright-picture.ts';
import type { PictureHeader } from './picture-header.ts';
import { Unreadable } from './broken-pictures.ts';
import { withOwnError } from './own-errors.ts';

/** One picture in memory, channels last. */
export interface DecodedPicture {
  readonly height: number;
  readonly width: number;
  /** 1 for a picture whose pixels are all grey, however it was stored; 3 for a coloured one. */
  readonly channels: 1 | 3;
  /** Of 8 bits, or of 16 where that was asked for. */
  readonly samples: Uint8Array | Uint16Array;
  /** The least and the greatest value, from 0 to 65,535, where it was stored or asked for with 16 bits; else null. */
  readonly range: ValueRange | null;
}

export interface ValueRange {
  readonly least: number;
  readonly most: number;
}

export interface DecodeOptions {
  /** The largest centred square is resampled (Lanczos 3) to size x size; null: as it is. */
  readonly size: number | null;
  /** Keeps 16 bits. */
  readonly deep: boolean;
}

/**
 * Decodes a picture to sRGB, or to grey: turned upright by its EXIF orientation, transparency laid on white.
 * @throws Unreadable if it cannot be decoded to its end
 */
export async function decodePicture(
  content: Buffer,
  header: PictureHeader,
  { size, deep }: DecodeOptions,
): Promise<DecodedPicture> {
  const { data, info } = await withOwnError(() => rawPixels(content, size, header.isDeep || deep));
  const { height, width } = info;
  if (size === null && (height !== header.height || width !== header.width))
    throw new Unreadable(
      `it has ${width}x${height} pixels, but its header says ${header.width}x${header.height}`,
    );
  const isDeep = info.depth === 'ushort';
  const all = isDeep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  const grey = greyOf(all);
  const samples = grey ?? all;
  return {
    height,
    width,
    channels: grey === null ? 3 : 1,
    samples: deep || !isDeep ? samples : upperBytes(samples),
    range: isDeep ? rangeOf(samples) : null,
  };
}

async function rawPixels(
  content: Buffer,
  size: number | null,
  deep: boolean,
): Promise<{ data: Buffer; info: OutputInfo & { depth?: string } }> {
  try {
    let image = uprightPicture(content, deep ? 'rgb16' : 'srgb', { limitInputPixels: false });
    if (size !== null) image = image.resize(size, size, { fit: 'cover' });
    return await image.raw({ depth: deep ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true });
  } catch (error) {
    throw Unreadable.because(error);
  }
}

/** One value per pixel, in the place of the three, if red, green and blue are equal everywhere; else null. */
function greyOf<Samples extends Uint8Array | Uint16Array>(rgb: Samples): Samples | null {
  for (let at = 0; at < rgb.length; at += 3) {
    if (rgb[at] !== rgb[at + 1] || rgb[at] !== rgb[at + 2]) return null;
  }
  for (let pixel = 1; pixel * 3 < rgb.length; pixel++) rgb[pixel] = rgb[pixel * 3] ?? 0;
  return rgb.subarray(0, rgb.length / 3) as Samples;
}

/** Values of 16 bits as 8. */
function upperBytes(samples: Uint8Array | Uint16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  for (let at = 0; at < samples.length; at++) bytes[at] = (samples[at] ?? 0) >> 8;
  return bytes;
}

function rangeOf(samples: Uint8Array | Uint16Array): ValueRange {
  let least = Infinity;
  let most = 0;
  for (const value of samples) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}
