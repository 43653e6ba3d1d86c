import type { Chart } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { imagesOfCells } from '../../layers/border-layers.ts';
import { cellModules } from '../../layers/cell-modules.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import { layerTable } from '../../layers/layer-table.ts';
import { factorChart } from '../factor/chart.ts';
import { evolutionData, type EvolutionSettings } from './data.ts';

/** @throws Problem `usage` for a setting that does not vary, runs that were not analysed, or too many series */
export async function gather(
  {
    measure,
    roles,
    ...settings
  }: EvolutionSettings & { readonly measure: string; readonly roles: readonly string[] | null },
  source: ChartSource,
): Promise<Chart> {
  const { cells, analyses, methods } = source;
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), measure);
  const layers = layerTable(table, found, findMeasure(methods, measure), roles);
  const modules = cellModules(layers, table, await imagesOfCells(table, source));
  const data = evolutionData(layers, modules, settings);
  return { ...factorChart(data), label: `${data.quantity.title} by ${data.x.title}` };
}
