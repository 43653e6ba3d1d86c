import { z } from 'zod';
import { figureChartSchema } from '../charts/kinds/registry.ts';
import { figureSourceSchema } from '../runs/run-source.ts';
import { figureStyleSchema } from './figure-style.ts';
import { olderChart } from './older-chart.ts';

export const figureSpecificationSchema = z.strictObject({
  source: figureSourceSchema,
  chart: z.preprocess(olderChart, figureChartSchema),
  /** Of analyses only those with these settings; without any those with the settings that most runs share, or the latest. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  style: figureStyleSchema.prefault({}),
});
export type FigureSpecification = z.infer<typeof figureSpecificationSchema>;
