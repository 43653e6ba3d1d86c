import sharp, { type Sharp, type SharpOptions } from 'sharp';

/**
 * A picture on its way to pixels: turned upright by its EXIF orientation, in this colour space, its transparency laid on
 * white. Reading it fails where its file is cut off.
 */
export function uprightPicture(
  content: Buffer,
  space: 'srgb' | 'rgb16' | 'b-w',
  options: SharpOptions = {},
): Sharp {
  return sharp(content, { failOn: 'truncated', ...options })
    .autoOrient()
    .toColourspace(space)
    .flatten({ background: '#ffffff' });
}
