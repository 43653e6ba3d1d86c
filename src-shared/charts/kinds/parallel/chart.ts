import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { lineColours } from '../../palette.ts';
import { parallelData, type ParallelData, type ParallelSettings } from './data.ts';
import { parallelOption } from './option.ts';
import { parallelAxis } from './pgfplots.ts';
import { parallelTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not */
export function gather(settings: ParallelSettings, { chosen }: ChartSource): Chart {
  return parallelChart(parallelData(chosen, settings));
}

export function parallelChart(data: ParallelData): Chart {
  return {
    notes: said(data.notes),
    option: (style) => parallelOption(data, style),
    height: askedHeight,
    table: () => parallelTable(data),
    pgfplots: (style) => ({ pictures: [[parallelAxis(data, style)]], colours: lineColours(1) }),
  };
}
