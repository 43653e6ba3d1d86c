import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { surfaceData, type SurfaceSettings } from './data.ts';
import { surfaceOption } from './drawing.ts';
import { surfaceAxis } from './pgfplots.ts';
import { surfaceReading, surfaceTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not, or as `surfaceData` */
export function gather(
  { metric, ...settings }: SurfaceSettings & { readonly metric: string },
  { cells }: ChartSource,
): Chart {
  const data = surfaceData(cells(metric), settings);
  const { quantity, x, y } = data;
  return {
    notes: said(data.notes),
    label: `Response surface of ${quantity.title} by ${x.title} and ${y.title}`,
    option: (style) => surfaceOption(data, style),
    height: askedHeight,
    table: () => surfaceTable(data),
    reading: () => surfaceReading(data),
    pgfplots: (style) => ({ pictures: [[surfaceAxis(data, style)]], colours: [] }),
  };
}
