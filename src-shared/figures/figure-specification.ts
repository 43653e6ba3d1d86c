import { z } from 'zod';
import { figureSourceSchema } from '../runs/run-source.ts';
import {
  analysisSettingsSchema,
  chartSchema,
  figureLayoutSchema,
  MOST_PANELS,
  panelSchema,
} from './panel-schema.ts';
import { figureStyleSchema } from './figure-style.ts';

export const figureSpecificationSchema = z.strictObject({
  source: figureSourceSchema,
  chart: chartSchema,
  settings: analysisSettingsSchema.optional(),
  style: figureStyleSchema.prefault({}),
  /** Further panels: the chart is the first then. */
  panels: z
    .array(panelSchema)
    .min(1)
    .max(MOST_PANELS - 1)
    .optional(),
  layout: figureLayoutSchema.optional(),
});
export type FigureSpecification = z.infer<typeof figureSpecificationSchema>;
