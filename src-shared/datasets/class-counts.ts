import { z } from 'zod';

/** Images of each class of a data set, in the order of its classes. */
export const classCountsSchema = z.object({
  training: z.array(z.int().nonnegative()),
  test: z.array(z.int().nonnegative()),
});
export type ClassCounts = Readonly<Record<keyof z.infer<typeof classCountsSchema>, readonly number[]>>;
