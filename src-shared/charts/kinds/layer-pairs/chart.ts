import type { Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import { heatMapChart } from '../heat-map/chart.ts';
import { layerPairsData } from './data.ts';

/** @throws Problem `usage` for runs that were not analysed, or more cells than can be read */
export async function gather(
  { measure, roles }: { readonly measure: string; readonly roles: readonly string[] | null },
  { cells, analyses, methods }: ChartSource,
): Promise<Chart> {
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), measure);
  return heatMapChart(layerPairsData(table, found, findMeasure(methods, measure), roles));
}
