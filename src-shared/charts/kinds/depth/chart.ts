import type { Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { borderLayers, imagesOfCells } from '../../layers/border-layers.ts';
import { cellModules } from '../../layers/cell-modules.ts';
import { type AskedLayers, measuredLayers } from '../../layers/measured-layers.ts';
import { moduleGroups } from '../../layers/module-groups.ts';
import { factorChart } from '../factor/chart.ts';
import { depthData, type DepthSettings } from './data.ts';

/** @throws Problem `usage` for a setting that does not vary, or runs that were not analysed */
export async function gather(
  { measure, roles, ...settings }: DepthSettings & AskedLayers,
  source: ChartSource,
): Promise<Chart> {
  const { layers, table } = await measuredLayers({ measure, roles }, source);
  const images = await imagesOfCells(table, source);
  const modules = cellModules(layers, table, images);
  return factorChart(
    depthData(layers, settings, (shown) => ({
      borders: borderLayers({ ...layers, layers: shown }, table, images),
      modules: moduleGroups(shown, modules),
    })),
  );
}
