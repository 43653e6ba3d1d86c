import { z } from 'zod';

/** Which runs a figure is about: the runs of a study, or those that a filter finds, or these. */
export const figureSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('study'), study: z.string() }),
  z.strictObject({ kind: z.literal('filter'), filter: z.string() }),
  z.strictObject({ kind: z.literal('runs'), runs: z.array(z.string()).min(1) }),
]);
export type FigureSource = z.infer<typeof figureSourceSchema>;
