import type { Chart } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { imagesOfCells } from '../../layers/border-layers.ts';
import { cellModules } from '../../layers/cell-modules.ts';
import { type AskedLayers, measuredLayers } from '../../layers/measured-layers.ts';
import { factorChart } from '../factor/chart.ts';
import { evolutionData, type EvolutionSettings } from './data.ts';

/** @throws Problem `usage` for a setting that does not vary, runs that were not analysed, or too many series */
export async function gather(
  { measure, roles, ...settings }: EvolutionSettings & AskedLayers,
  source: ChartSource,
): Promise<Chart> {
  const { layers, table } = await measuredLayers({ measure, roles }, source);
  const modules = cellModules(layers, table, await imagesOfCells(table, source));
  const data = evolutionData(layers, modules, settings);
  return { ...factorChart(data), label: `${data.quantity.title} by ${data.x.title}` };
}
