import { z } from 'zod';
import { figureChartSchema } from '../charts/kinds/registry.ts';
import { figureSourceSchema } from '../runs/run-source.ts';
import { olderChart } from './older-chart.ts';

const rangeSchema = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, 'the first number is less than the second')
  .readonly();

/** How a figure looks on paper. */
export const figureStyleSchema = z.strictObject({
  /** One column 84 mm, two columns 174 mm, slide 254 mm wide; `custom` takes `widthMillimetres`. */
  width: z.enum(['one column', 'two columns', 'slide', 'custom']).default('one column'),
  widthMillimetres: z.number().min(30).max(500).optional(),
  /** Height over width. */
  aspect: z.number().min(0.2).max(3).default(0.75),
  font: z.enum(['sans', 'serif']).default('sans'),
  /** What axes of numbers show at least, in their own units: figures side by side can have the same scale. */
  xRange: rangeSchema.optional(),
  yRange: rangeSchema.optional(),
  /** In points. */
  fontSize: z.number().min(4).max(40).default(8),
  /** Title above the chart; papers have a caption instead. */
  title: z.string().max(200).default(''),
  /** Words above the chart that say what the marks are; without them the caption should. */
  notes: z.boolean().default(true),
  /** Dots per inch of a PNG. */
  dpi: z.int().min(72).max(1200).default(300),
});
export type FigureStyle = z.infer<typeof figureStyleSchema>;

export const figureSpecificationSchema = z.strictObject({
  source: figureSourceSchema,
  chart: z.preprocess(olderChart, figureChartSchema),
  /** Of analyses only those with these settings; without any those with the settings that most runs share, or the latest. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  style: figureStyleSchema.prefault({}),
});
export type FigureSpecification = z.infer<typeof figureSpecificationSchema>;
