import type { Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { imagesOfCells } from '../../layers/border-layers.ts';
import { cellModules } from '../../layers/cell-modules.ts';
import { type AskedLayers, measuredLayers } from '../../layers/measured-layers.ts';
import { moduleGroups } from '../../layers/module-groups.ts';
import { heatMapChart } from '../heat-map/chart.ts';
import { layerMapData } from './data.ts';

/** @throws Problem `usage` for runs that were not analysed */
export async function gather(asked: AskedLayers, source: ChartSource): Promise<Chart> {
  const { layers, table } = await measuredLayers(asked, source);
  const modules = cellModules(layers, table, await imagesOfCells(table, source));
  return heatMapChart(layerMapData(layers, (rows) => moduleGroups(rows, modules)));
}
