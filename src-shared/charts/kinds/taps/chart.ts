import type { Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { heatMapChart } from '../heat-map/chart.ts';
import { TAP_METHOD, tapTilesData } from './data.ts';

/** @throws Problem `usage` for runs that were not analysed, or more layers than can be read */
export async function gather(_: unknown, { cells, analyses, methods }: ChartSource): Promise<Chart> {
  const table = cells('testAccuracy');
  return heatMapChart(tapTilesData(table, await analyses(countedRuns(table), TAP_METHOD), methods));
}
