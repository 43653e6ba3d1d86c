import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

export interface PictureOptions {
  readonly width?: number;
  readonly height?: number;
  /** Grey level, or red, green, blue. */
  readonly color?: number | readonly [number, number, number];
}

/** Writes an image of one colour, in the format of its extension; its folders are made. */
export async function writePicture(
  file: string,
  { width = 6, height = 6, color = [200, 100, 50] }: PictureOptions = {},
): Promise<void> {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const channels = typeof color === 'number' ? 1 : 3;
  const pixel = typeof color === 'number' ? [color] : [...color];
  const pixels = Buffer.from(Array.from({ length: width * height }, () => pixel).flat());
  let image = sharp(pixels, { raw: { width, height, channels } });
  if (channels === 1) image = image.toColourspace('b-w');
  await image.toFile(file);
}

/** Writes `folder/<class>/<n>.png` for each class, `count` each, every image of another colour. */
export async function writeClasses(
  folder: string,
  classes: readonly string[],
  count: number,
  options: PictureOptions = {},
): Promise<void> {
  for (const [label, name] of classes.entries()) {
    for (let index = 0; index < count; index++) {
      const color = options.color ?? ([label * 40, index * 10, 128] as const);
      await writePicture(path.join(folder, name, `${index}.png`), { ...options, color });
    }
  }
}
