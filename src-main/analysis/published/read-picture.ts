import sharp from 'sharp';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { PUBLISHED_SIDE } from '../../compression/published/published-network.ts';

/** Side to which a picture is brought before the middle is cut out, as in the authors' training. */
const RESIZED_SIDE = 256;

/**
 * A picture as the published network takes it: turned upright, its largest centred square resampled to 256 x 256, of
 * which the middle 227 x 227.
 * @returns bytes [227, 227, 3], red, green, blue
 * @throws Problem `data-invalid` if the file is no picture that can be decoded
 */
export async function readPicture(file: string): Promise<Uint8Array> {
  const margin = Math.floor((RESIZED_SIDE - PUBLISHED_SIDE) / 2);
  try {
    const resized = await sharp(file, { failOn: 'truncated' })
      .autoOrient()
      .toColourspace('srgb')
      .flatten({ background: '#ffffff' })
      .resize(RESIZED_SIDE, RESIZED_SIDE, { fit: 'cover' })
      .png({ compressionLevel: 0 })
      .toBuffer();
    return await sharp(resized)
      .extract({ left: margin, top: margin, width: PUBLISHED_SIDE, height: PUBLISHED_SIDE })
      .raw({ depth: 'uchar' })
      .toBuffer();
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : String(error);
    throw new Problem(
      'data-invalid',
      `The image ${file} cannot be read (${reason}); use a JPEG, PNG or WebP file.`,
      {
        cause: error,
      },
    );
  }
}
