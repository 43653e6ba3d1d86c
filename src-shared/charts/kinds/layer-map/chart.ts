import type { Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { type AskedLayers, measuredLayers } from '../../layers/measured-layers.ts';
import { heatMapChart } from '../heat-map/chart.ts';
import { layerMapData } from './data.ts';

/** @throws Problem `usage` for runs that were not analysed */
export async function gather(asked: AskedLayers, source: ChartSource): Promise<Chart> {
  const { layers } = await measuredLayers(asked, source);
  return heatMapChart(layerMapData(layers));
}
