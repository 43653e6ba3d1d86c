import sharp from 'sharp';
import { Problem } from '../../../src-shared/contract/problem.ts';

/** One image as bytes, channels last. */
export interface DecodedImage {
  readonly height: number;
  readonly width: number;
  /** 1 for an image whose pixels are all grey, however it was stored; 3 for a coloured one. */
  readonly channels: 1 | 3;
  readonly bytes: Uint8Array;
}

/** One byte per pixel if red, green and blue are equal everywhere, else null. */
function greyOf(rgb: Uint8Array): Uint8Array | null {
  for (let at = 0; at < rgb.length; at += 3) {
    if (rgb[at] !== rgb[at + 1] || rgb[at] !== rgb[at + 2]) return null;
  }
  return Uint8Array.from({ length: rgb.length / 3 }, (_, pixel) => rgb[pixel * 3] ?? 0);
}

/** Whether a file's name says that it is an image that can be decoded. */
export function isImageFile(file: string): boolean {
  return /\.(?:jpe?g|png|webp)$/i.test(file);
}

/**
 * Decodes JPEG, PNG or WebP to 8 bits of sRGB, or of grey: turned upright by its EXIF orientation, transparency laid on
 * white. With a size, the largest centred square is resampled (Lanczos 3) to size x size.
 * @param file its name, for the message
 * @throws Problem `data-invalid` if it cannot be decoded to its end
 */
export async function decodeImage(file: string, content: Buffer, size: number | null): Promise<DecodedImage> {
  try {
    let image = sharp(content, { failOn: 'truncated' })
      .autoOrient()
      .toColourspace('srgb')
      .flatten({ background: '#ffffff' });
    if (size !== null) image = image.resize(size, size, { fit: 'cover' });
    const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    const { height, width } = info;
    const grey = greyOf(data);
    return { height, width, channels: grey === null ? 3 : 1, bytes: grey ?? data };
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : String(error);
    throw new Problem(
      'data-invalid',
      `cannot decode the image ${file} (${reason}). Mend or remove it and add the data set again.`,
      { cause: error },
    );
  }
}
