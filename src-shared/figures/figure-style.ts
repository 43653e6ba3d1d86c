import { z } from 'zod';
import { LEGEND_PLACES } from '../charts/chart-style.ts';
import { MAP_NAMES, PALETTE_NAMES } from '../charts/palette.ts';

/** Where the caption is. */
export const CAPTION_PLACES = ['none', 'below', 'latex', 'markdown', 'plain'] as const;

const rangeSchema = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, 'the first number is less than the second')
  .readonly();
const wordsSchema = z.string().max(200);

export const LETTERS = ['a', 'A', '(a)', '(A)', 'none'] as const;

/** A place on an axis: a number in its own units, or what is written at it. */
const placeSchema = z.string().min(1).max(200);

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
  /** What they show exactly: marks beyond are cut off. */
  xLimits: rangeSchema.optional(),
  yLimits: rangeSchema.optional(),
  xScale: z.enum(['linear', 'log']).optional(),
  yScale: z.enum(['linear', 'log']).optional(),
  xReversed: z.boolean().default(false),
  yReversed: z.boolean().default(false),
  /** What the axes are called; without one as the chart calls them. */
  xTitle: wordsSchema.optional(),
  yTitle: wordsSchema.optional(),
  legend: z.enum(LEGEND_PLACES).default('top'),
  palette: z.enum(PALETTE_NAMES).default('okabe-ito'),
  map: z.enum(MAP_NAMES).default('cividis'),
  /** By what the legend calls a series. */
  colours: z.record(z.string(), z.string().regex(/^#[\da-f]{6}$/i, 'a colour is like #0072b2')).default({}),
  /** As `GivenNames`. */
  names: z.record(z.string(), wordsSchema).default({}),
  /** By setting, its values as the figure writes them. */
  order: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  /** Lines across the plot, with words at them. */
  lines: z
    .array(z.strictObject({ axis: z.enum(['x', 'y']), at: placeSchema, label: wordsSchema.default('') }))
    .max(20)
    .default([]),
  /** Words at places of the plot. */
  annotations: z
    .array(z.strictObject({ x: placeSchema, y: placeSchema, text: wordsSchema.min(1) }))
    .max(20)
    .default([]),
  /** At the panels of a figure that has several: bold without brackets. */
  letters: z.enum(LETTERS).default('a'),
  /** In points. */
  fontSize: z.number().min(4).max(40).default(8),
  /** Title above the chart; papers have a caption instead. */
  title: wordsSchema.default(''),
  /** Words above the chart that say what the marks are; without them the caption should. */
  notes: z.boolean().default(true),
  /** Whether the caption stands below the figure, or in a file of its own beside it. */
  caption: z.enum(CAPTION_PLACES).default('none'),
  /** Instead of the caption that follows from what is drawn; empty for that. */
  captionText: z.string().max(5000).default(''),
  /** Dots per inch of a PNG. */
  dpi: z.int().min(72).max(1200).default(300),
});
export type FigureStyle = z.infer<typeof figureStyleSchema>;

/** The style that nobody has changed. */
export const USUAL_STYLE: FigureStyle = figureStyleSchema.parse({});
