import { z } from 'zod';

/** How the table is looked at: what a saved view keeps. */
export const tableViewSchema = z.object({
  filter: z.string().default(''),
  sort: z.array(z.object({ column: z.string(), descending: z.boolean() })).default([]),
  groupBy: z.array(z.string()).default([]),
  columns: z
    .array(z.string())
    .default([
      'state',
      'study',
      'dataset',
      'seed',
      'parameters',
      'macs',
      'testAccuracy',
      'bestValidationAccuracy',
      'trainingAccuracy',
      'seconds',
      'endedAt',
      'tags',
      'note',
    ]),
  /** Settings (network, recipe) that differ among the shown runs get a column by themselves, after the study. */
  onlyVarying: z.boolean().default(true),
});
export type TableView = z.infer<typeof tableViewSchema>;

export const DEFAULT_VIEW: TableView = tableViewSchema.parse({});
