import { z } from 'zod';

/** Images that are shown: the first of the evaluation set, the classes in turn; a setting of most pictures. */
export function shownSetting(images: number) {
  return z.int().min(1).max(100).default(images).describe('images that are shown, the classes in turn');
}

/** Which layers; a setting of every method that draws a picture of each. */
export const layersSetting = z
  .string()
  .overwrite((names) =>
    names
      .split(/[\s,]+/)
      .filter(Boolean)
      .join(' '),
  )
  .default('')
  .describe('names of layers, separated by commas; all that the method is for, if empty');

/** Whose logit is explained. */
export const classSetting = z
  .enum(['predicted', 'true'])
  .default('predicted')
  .describe('whose logit is explained: that of the class that the network says, or of the true one');
