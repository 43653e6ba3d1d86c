import { z } from 'zod';

/** What becomes of pictures in shades of grey where a network wants colours. */
export const GREY_CHOICES = ['convert', 'leave out'] as const;
export type GreyChoice = (typeof GREY_CHOICES)[number];

/** A folder of pictures that networks are looked at on. */
export const picturesSchema = z.strictObject({
  /** Has a folder for each class. */
  folder: z.string(),
  /** A file that says which class each folder shows; null where the folders are called as the classes. */
  classes: z.string().nullable(),
  grey: z.enum(GREY_CHOICES),
});
export type Pictures = z.output<typeof picturesSchema>;
