import { type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { imagesOfCells } from '../../layers/border-layers.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import { layerTable } from '../../layers/layer-table.ts';
import { networkData, type NetworkData, type NetworkSettings } from './data.ts';
import { networkOption } from './drawing.ts';
import { placedNetwork } from './placed-network.ts';
import { networkPicture } from './pgfplots.ts';
import { networkTable } from './table.ts';

/** @throws Problem `usage` for cells or a measure that there are not, and networks that cannot be built */
export async function gather(
  { measure, ...settings }: NetworkSettings & { readonly measure: string },
  source: ChartSource,
): Promise<Chart> {
  const table = source.cells('testAccuracy');
  const layers =
    settings.colour === 'measure'
      ? layerTable(
          table,
          await source.analyses(countedRuns(table), measure),
          findMeasure(source.methods, measure),
          null,
        )
      : null;
  return networkChart(networkData(table, settings, await imagesOfCells(table, source), layers));
}

export function networkChart(data: NetworkData): Chart {
  const titles = [data.left, data.right].flatMap((subject) => subject?.title ?? []).filter(Boolean);
  return {
    notes: said(data.notes),
    ...(titles.length > 0 && { label: `Network of ${titles.join(' and ')}` }),
    option: (style) => networkOption(data, style),
    height: (style) => placedNetwork(data, style).height,
    table: () => networkTable(data),
    pgfplots: (style) => networkPicture(data, style),
  };
}
