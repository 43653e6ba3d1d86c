import { type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { imagesOfCells } from '../../layers/border-layers.ts';
import { lineColours } from '../../palette.ts';
import { panelsAcross, panelsHeight } from '../../panel-frames.ts';
import { ENERGY, energyData } from './data.ts';
import { energyContent, energyOption } from './drawing.ts';
import { type EnergyAxis, mostChannels } from './look.ts';
import { energyAxes } from './pgfplots.ts';
import { energyTable } from './table.ts';

/** @throws Problem `usage` for runs that were not analysed */
export async function gather(
  { roles, ...look }: EnergyAxis & { readonly roles: readonly string[] | null },
  source: ChartSource,
): Promise<Chart> {
  const { cells, analyses, methods } = source;
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), ENERGY);
  const data = energyData(table, found, methods, roles, await imagesOfCells(table, source));
  return {
    notes: said(data.notes),
    label: `Cumulated share of the energy of the channels, ${data.curves.length} curves`,
    option: (style) => energyOption(data, style, look),
    height: (style) => panelsHeight(style, energyContent(data, style, look)),
    ranges: (style) => ({
      xRange: [0, mostChannels(look, data.curves, style)],
      yRange: [0, data.quantity.scale],
    }),
    table: () => energyTable(data, look),
    pgfplots: (style) => ({
      pictures: energyAxes(data, style, look).map((axis) => [axis]),
      across: panelsAcross(data.panels.length, style),
      colours: lineColours(data.lines.length, style, data.lines),
    }),
  };
}
