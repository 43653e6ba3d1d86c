import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { rounded } from '../../chart-table.ts';
import { lineColours } from '../../palette.ts';
import { parallelData, type ParallelData, type ParallelSettings } from './data.ts';
import { parallelOption } from './drawing.ts';
import { parallelAxis } from './pgfplots.ts';
import { parallelTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not */
export function gather(settings: ParallelSettings, { chosen, cells }: ChartSource): Chart {
  return parallelChart(parallelData(chosen, cells(settings.metric), settings));
}

/** Pixels of a page. */
const HEIGHT = 360;

export function parallelChart(data: ParallelData): Chart {
  return {
    notes: said(data.notes),
    label: `Settings, costs and ${data.quantity.title} of ${data.lines.length} runs`,
    pageHeight: HEIGHT,
    reading: () => rounded(parallelTable(data, ({ label }) => label)),
    option: (style) => parallelOption(data, style),
    height: askedHeight,
    table: () => parallelTable(data),
    pgfplots: (style) => ({ pictures: [[parallelAxis(data, style)]], colours: lineColours(1, style) }),
  };
}
