import { z } from 'zod';

/** Images of the evaluation set; a setting of nearly every method, under this name. */
export const imagesSetting = imagesOf(2000);

/** The same for a method whose cost grows with images and channels, or that needs few. */
export function imagesOf(images: number, meaning = 'number of images in the evaluation set') {
  return z.int().min(20).max(100_000).default(images).describe(meaning);
}

/** Images that are shown: the first of the evaluation set, the classes in turn; a setting of most pictures. */
export function shownSetting(images: number) {
  return z.int().min(1).max(100).default(images).describe('number of images shown, the classes in turn');
}

/** Of a text that separates them by commas or blanks. */
export function layerNames(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

/** Which layers; a setting of every method that draws a picture of each. */
export const layersSetting = z
  .string()
  .overwrite((text) => layerNames(text).join(' '))
  .default('')
  .describe('names of layers, separated by commas; if empty, all layers to which the method applies');

/** Whose logit is explained. */
export const classSetting = z
  .enum(['predicted', 'true'])
  .default('predicted')
  .describe('the class whose logit is explained: the predicted one or the true one');

/** The ridge penalty of a least-squares fit of outputs by inputs. */
export const ridgeSetting = z
  .number()
  .gt(0)
  .max(1)
  .default(1e-6)
  .describe('ridge penalty (lambda) as a share of the mean variance of the inputs');
