import { askedHeight, type Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import { lineColours } from '../../palette.ts';
import { type ChannelsData, channelsOfRun } from './data.ts';
import { channelsOption } from './drawing.ts';
import { channelsAxis } from './pgfplots.ts';
import { channelsTable } from './table.ts';

/** @throws Problem `usage` for more than one run, or one that was not analysed */
export async function gather(
  { measure, layer }: { readonly measure: string; readonly layer: string },
  { cells, analyses, methods }: ChartSource,
): Promise<Chart> {
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), measure);
  return channelsChart(channelsOfRun(table, found, findMeasure(methods, measure), layer));
}

export function channelsChart(data: ChannelsData): Chart {
  return {
    notes: [],
    option: (style) => channelsOption(data, style),
    height: askedHeight,
    table: () => channelsTable(data),
    pgfplots: (style) => ({ pictures: [[channelsAxis(data, style)]], colours: lineColours(1, style) }),
  };
}
