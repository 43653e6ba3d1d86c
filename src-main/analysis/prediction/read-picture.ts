import sharp from 'sharp';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';

/**
 * A picture as a network takes it: turned upright, its short side resampled to so many pixels, of which the middle of the
 * input's size. What is transparent becomes white.
 * @returns bytes [height, width, channels]: red, green, blue, or grey for an input of one channel
 * @throws Problem `data-invalid` if the file is no picture that can be decoded
 */
export async function readPicture(
  file: string,
  { input, shortSide }: { readonly input: Shape; readonly shortSide: number },
): Promise<Uint8Array> {
  const [height, width, channels] = input;
  try {
    const { data, info } = await sharp(file, { failOn: 'truncated' })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize(shortSide, shortSide, { fit: 'outside' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const [top, left] = [Math.floor((info.height - height) / 2), Math.floor((info.width - width) / 2)];
    const cut = new Uint8Array(height * width * channels);
    for (let row = 0; row < height; row++) {
      const from = ((top + row) * info.width + left) * info.channels;
      cut.set(data.subarray(from, from + width * channels), row * width * channels);
    }
    return cut;
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : String(error);
    throw new Problem(
      'data-invalid',
      `The image ${file} cannot be read (${reason}); use a JPEG, PNG or WebP file.`,
      { cause: error },
    );
  }
}
