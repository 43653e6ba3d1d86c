import sharp from 'sharp';
import { enlargeTo, type Picture } from './picture.ts';

/**
 * A picture whose shorter side has no fewer pixels than `least`, and no more than `most`: small ones are enlarged by a whole
 * factor, with nothing smoothed, large ones shrunk.
 */
export async function fitTo(picture: Picture, least: number, most: number): Promise<Picture> {
  const { width, height, pixels } = picture;
  const share = most / Math.min(width, height);
  if (share >= 1) return enlargeTo(picture, least);
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(Math.round(width * share), Math.round(height * share), { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}
