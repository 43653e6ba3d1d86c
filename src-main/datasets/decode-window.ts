import sharp from 'sharp';
import type { CropWindow } from './resized-crop.ts';
import { uprightPicture } from './upright-picture.ts';

// pictures are decoded several at once, each once: they need no threads of their own, nor are they kept
sharp.concurrency(1);
sharp.cache(false);

/** What a window of a picture becomes. */
export interface WindowTask {
  /** Of the picture, upright. */
  readonly width: number;
  readonly height: number;
  readonly window: CropWindow;
  /** [height, width, channels] of the result. */
  readonly shape: readonly [height: number, width: number, channels: number];
}

/**
 * Decodes a window of a picture at the size that is wanted, as the import decodes whole pictures: upright, transparency on
 * white, 8-bit sRGB or grey. The picture is brought to the scale of the window (bilinear, over all pixels that a smaller one
 * covers) and cut there, to the nearest pixel of the result: so a JPEG file is decoded at an eighth, a quarter or half of its size where
 * that is enough.
 * @returns height x width x channels bytes
 */
export async function decodeWindow(content: Buffer, task: WindowTask): Promise<Uint8Array> {
  const { window } = task;
  const [height, width, channels] = task.shape;
  const across = scaled(task.width, window.left, window.width, width);
  const down = scaled(task.height, window.top, window.height, height);
  return await uprightPicture(content, channels === 1 ? 'b-w' : 'srgb', { limitInputPixels: false })
    .resize(across.size, down.size, { fit: 'fill', kernel: 'linear' })
    .extract({ left: across.first, top: down.first, width, height })
    .raw({ depth: 'uchar' })
    .toBuffer();
}

/** Size of the whole picture, and first pixel of the window, where the window has the wanted size. */
function scaled(size: number, first: number, extent: number, wanted: number) {
  const whole = Math.max(wanted, Math.round((size * wanted) / extent));
  return { size: whole, first: Math.min(whole - wanted, Math.round((first * wanted) / extent)) };
}
