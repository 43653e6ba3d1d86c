import type { Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import { layerTable } from '../../layers/layer-table.ts';
import { heatMapChart } from '../heat-map/chart.ts';
import { layerMapData } from './data.ts';

/** @throws Problem `usage` for runs that were not analysed */
export async function gather(
  { measure, roles }: { readonly measure: string; readonly roles: readonly string[] | null },
  { cells, analyses, methods }: ChartSource,
): Promise<Chart> {
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), measure);
  return heatMapChart(layerMapData(layerTable(table, found, findMeasure(methods, measure), roles)));
}
