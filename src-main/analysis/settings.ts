import { z } from 'zod';

/** Images of the evaluation set; a setting of nearly every method, under this name. */
export const imagesSetting = imagesOf(2000);

/** The same for a method whose cost grows with images and channels, or that needs few. */
export function imagesOf(images: number, meaning = 'images of the evaluation set') {
  return z.int().min(20).max(100_000).default(images).describe(meaning);
}
