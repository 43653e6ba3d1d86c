import { z } from 'zod';

/**
 * Something that was found or decided when a data set was added, kept with it. A `warning` may make results wrong or
 * misleading; a `note` says what was done.
 */
export const datasetRemarkSchema = z.object({
  level: z.enum(['note', 'warning']),
  /** A sentence with its numbers. */
  text: z.string(),
});
export type DatasetRemark = z.infer<typeof datasetRemarkSchema>;

export function note(text: string): DatasetRemark {
  return { level: 'note', text };
}

export function warning(text: string): DatasetRemark {
  return { level: 'warning', text };
}
