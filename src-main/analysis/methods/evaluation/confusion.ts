import { z } from 'zod';

/** The array that the method leaves: every pair of classes that occurs. */
export const CONFUSION_FILE = 'confusion.json';

export const confusionSchema = z.array(
  z.object({
    /** The class of the images. */
    true: z.string(),
    /** The most likely one, among all classes of the network. */
    predicted: z.string(),
    images: z.int(),
  }),
);
export type ConfusedPair = z.output<typeof confusionSchema>[number];
