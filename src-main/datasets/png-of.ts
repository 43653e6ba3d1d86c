import type { ImagesInFile } from './dataset.ts';

/** The bytes of an image, [h, w, c], as PNG. */
export async function pngOf(
  pixels: Uint8Array,
  [height, width, channels]: ImagesInFile['shape'],
): Promise<Uint8Array<ArrayBuffer>> {
  // an application that shows no images does not load it
  const { default: sharp } = await import('sharp');
  const raw = { width, height, channels: channels === 1 ? 1 : 3 } as const;
  return new Uint8Array(await sharp(pixels, { raw }).png().toBuffer());
}
