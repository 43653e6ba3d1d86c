import { type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { lineColours } from '../../palette.ts';
import { heatMapData, type HeatMapData, type HeatMapSettings } from './data.ts';
import { heatMapOption } from './drawing.ts';
import { heightOfMaps } from './layout.ts';
import { heatMapAxes } from './pgfplots.ts';
import { heatMapReading, heatMapTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not, or more cells than can be read */
export function gather(
  { metric, ...settings }: HeatMapSettings & { readonly metric: string },
  { cells }: ChartSource,
): Chart {
  const data = heatMapData(cells(metric), settings);
  return {
    ...heatMapChart(data),
    label: `${data.quantity.title} by ${data.x.title} and ${data.y.title}, the mean of each cell`,
    pageHeight: heightOfWords(data),
    reading: () => heatMapReading(data),
  };
}

/** Pixels of the notes, of a map's title and labels, and of a row of cells in which mean, interval and n are read. */
const NOTES = 80;
const TITLE = 64;
const WORDS = 54;
/** As many cells side by side as these can be read in. */
const MOST_ACROSS = 14;

function heightOfWords({ panels, x, y, marginals }: HeatMapData): number {
  const edge = marginals ? 1 : 0;
  const across = Math.max(1, Math.floor(MOST_ACROSS / (x.labels.length + edge)));
  return NOTES + Math.ceil(panels.length / across) * (TITLE + (y.labels.length + edge) * WORDS);
}

/** Maps side by side, of settings or of layers. */
export function heatMapChart(data: HeatMapData): Chart {
  return {
    notes: said(data.notes),
    option: (style) => heatMapOption(data, style),
    height: (style) => heightOfMaps(data, style),
    pageHeight: readableHeight(data),
    table: () => heatMapTable(data),
    pgfplots: (style) => ({
      pictures: heatMapAxes(data, style).map((axis) => [axis]),
      ...{ colours: lineColours(1, style), across: 2 },
    }),
  };
}

/**
 * Pixels of a chart at least, of notes and labels, of a row whose numbers are read, and of one of which only the colour is seen: alone, with
 * room for its label, or in one of several maps.
 */
const LEAST = 420;
const HEAD = 150;
const ROW = 26;
const COLOUR_ROW = 15;
const THIN_ROW = 9;

function readableHeight({ panels, x, y }: HeatMapData): number {
  const across = Math.ceil(Math.sqrt(panels.length));
  const down = Math.ceil(panels.length / across);
  const isThin = x.labels.length * across > 20;
  const row = !isThin ? ROW : across === 1 ? COLOUR_ROW : THIN_ROW;
  return Math.max(LEAST, down * (HEAD + y.labels.length * row));
}
