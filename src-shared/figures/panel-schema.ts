import { z } from 'zod';
import { figureChartSchema } from '../charts/kinds/registry.ts';
import { figureSourceSchema } from '../runs/run-source.ts';
import { figureStyleSchema } from './figure-style.ts';
import { olderChart } from './older-chart.ts';

/** Of analyses only those with these settings; without any those with the settings that most runs share, or the latest. */
export const analysisSettingsSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
);

/** What each panel of a figure has of its own; all else of a style is that of the whole figure. */
export const panelStyleSchema = figureStyleSchema.pick({
  ...{ xRange: true, yRange: true, xLimits: true, yLimits: true, xScale: true, yScale: true },
  ...{ xReversed: true, yReversed: true, xTitle: true, yTitle: true, title: true },
  ...{ lines: true, annotations: true },
});
export type PanelStyle = z.infer<typeof panelStyleSchema>;

/** The parts of a style that are of a panel. */
export const PANEL_PARTS = Object.keys(panelStyleSchema.shape) as readonly (keyof PanelStyle)[];

export const chartSchema = z.preprocess(olderChart, figureChartSchema);

/** A further panel of a figure. */
export const panelSchema = z.strictObject({
  /** Absent for that of the figure. */
  source: figureSourceSchema.optional(),
  chart: chartSchema,
  settings: analysisSettingsSchema.optional(),
  style: panelStyleSchema.prefault({}),
});

/** The chart of the figure, which is the first, included. */
export const MOST_PANELS = 25;
export const MOST_COLUMNS = 6;

export const SHARES = ['none', 'x', 'y', 'both'] as const;

/** How panels stand beside each other. */
export const figureLayoutSchema = z.strictObject({
  columns: z.int().min(1).max(MOST_COLUMNS).default(2),
  /** Panels above each other share the x axis, panels side by side the y axis: the same range, and words at the edge only. */
  share: z.enum(SHARES).default('none'),
  /** One legend for all panels, above or below them. */
  commonLegend: z.boolean().default(false),
});
export type FigureLayout = z.infer<typeof figureLayoutSchema>;

export const USUAL_LAYOUT: FigureLayout = figureLayoutSchema.parse({});
