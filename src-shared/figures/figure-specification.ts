import { z } from 'zod';

/** Which runs a figure is about: the runs of a study, or those that a filter finds, or these. */
export const figureSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('study'), study: z.string() }),
  z.strictObject({ kind: z.literal('filter'), filter: z.string() }),
  z.strictObject({ kind: z.literal('runs'), runs: z.array(z.string()).min(1) }),
]);
export type FigureSource = z.infer<typeof figureSourceSchema>;

/** How a figure looks on paper. */
export const figureStyleSchema = z.strictObject({
  /** One column 84 mm, two columns 174 mm, slide 254 mm wide; `custom` takes `widthMillimetres`. */
  width: z.enum(['one column', 'two columns', 'slide', 'custom']).default('one column'),
  widthMillimetres: z.number().min(30).max(500).optional(),
  /** Height over width. */
  aspect: z.number().min(0.2).max(3).default(0.75),
  font: z.enum(['sans', 'serif']).default('sans'),
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

const metric = z.string().default('testAccuracy');

const ofLayers = {
  /** Of what the layers were asked: method and measure, e.g. `probe/cross-entropy`. */
  measure: z.string(),
  /** Of which roles the layers are, e.g. `squeeze`; null for all. */
  roles: z.array(z.string()).min(1).nullable().default(null),
};

/** What is drawn; the fields are the settings of the page's charts. */
export const figureChartSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('curves'),
    metric: z.string(),
    x: z.enum(['step', 'epoch', 'relative time', 'wall time']).default('epoch'),
    /** From 0 (raw) to below 1. */
    smoothing: z.number().min(0).lt(1).default(0),
    /** One line each with a band over its runs: `cell`, or null for one line a run. */
    groupBy: z.array(z.string()).nullable().default(null),
    members: z.boolean().default(false),
    logX: z.boolean().default(false),
    logY: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('heat map'),
    metric,
    x: z.string(),
    y: z.string(),
    marginals: z.boolean().default(true),
  }),
  /** Mean and interval of a metric by the values of one factor, one line for each value of another. */
  z.strictObject({
    kind: z.literal('factor'),
    metric,
    x: z.string(),
    line: z.string().nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('cost'),
    metric,
    cost: z.string().default('parameters'),
    front: z.boolean().default(true),
    logX: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('parallel'), columns: z.array(z.string()).min(2), metric }),
  z.strictObject({ kind: z.literal('differences'), metric, baseline: z.string().nullable().default(null) }),
  /** Confusion matrices side by side: one a cell, summed over its runs, or one a run. */
  z.strictObject({ kind: z.literal('confusion'), perRun: z.boolean().default(false) }),
  /** A measure of the layers along their depth, or against a setting with one line a layer. */
  z.strictObject({
    kind: z.literal('depth'),
    ...ofLayers,
    x: z.string().nullable().default(null),
    /** The setting that gives the lines; null for one line a cell. */
    line: z.string().nullable().default(null),
    baselines: z.boolean().default(true),
  }),
  /** A measure of the layers: layers over cells. */
  z.strictObject({ kind: z.literal('layer map'), ...ofLayers }),
  /** How alike layers are, each with each, one map a cell. */
  z.strictObject({
    kind: z.literal('layer pairs'),
    ...ofLayers,
    measure: ofLayers.measure.default('similarity/cka'),
  }),
  /** Where in their window the 3x3 filters have their energy: a tile for each layer. */
  z.strictObject({ kind: z.literal('taps') }),
  /** Bytes and accuracy after each stage of Deep Compression. */
  z.strictObject({ kind: z.literal('compression') }),
  /** The loss by the distance from the trained weights. */
  z.strictObject({
    kind: z.literal('landscape'),
    /** The setting that gives the lines; null for one line a cell. */
    line: z.string().nullable().default(null),
    baselines: z.boolean().default(true),
  }),
  /** A measure of each channel of a layer of one run. */
  z.strictObject({
    kind: z.literal('channels'),
    measure: ofLayers.measure.default('channel-lesion/loss-added'),
    layer: z.string().min(1),
  }),
  /** These two are not drawn: only booktabs, csv and json. Cells; main effects and interaction of two settings. */
  z.strictObject({ kind: z.literal('table'), metric }),
  z.strictObject({ kind: z.literal('anova'), metric, x: z.string(), y: z.string() }),
]);
export type FigureChart = z.infer<typeof figureChartSchema>;

/** The charts of what layers do. They are drawn from analyses, the others from what the training left. */
export const LAYER_CHARTS = [
  'depth',
  'layer map',
  'layer pairs',
  'taps',
  'compression',
  'landscape',
  'channels',
] as const;
export type LayerChart = Extract<FigureChart, { readonly kind: (typeof LAYER_CHARTS)[number] }>;

export function isLayerChart(chart: FigureChart): chart is LayerChart {
  return LAYER_CHARTS.some((kind) => kind === chart.kind);
}

/** The charts that are not drawn. */
export const TABLE_CHARTS = ['table', 'anova'] as const;
export type TableChart = Extract<FigureChart, { readonly kind: (typeof TABLE_CHARTS)[number] }>;

export function isTableChart(chart: FigureChart): chart is TableChart {
  return TABLE_CHARTS.some((kind) => kind === chart.kind);
}

export const figureSpecificationSchema = z.strictObject({
  source: figureSourceSchema,
  chart: figureChartSchema,
  style: figureStyleSchema.prefault({}),
});
export type FigureSpecification = z.infer<typeof figureSpecificationSchema>;
