import type { Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import type { DepthSettings } from '../depth/data.ts';
import { factorChart } from '../factor/chart.ts';
import { LANDSCAPE_FILE, LANDSCAPE_METHOD, landscapeData } from './data.ts';

/** @throws Problem `usage` for runs that were not analysed, or a setting that does not vary */
export async function gather(
  settings: Omit<DepthSettings, 'x'>,
  { cells, analyses, methods, file }: ChartSource,
): Promise<Chart> {
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), LANDSCAPE_METHOD);
  const planes = new Map(
    await Promise.all(found.map(async (each) => [each, await file(each, LANDSCAPE_FILE)] as const)),
  );
  return factorChart(
    landscapeData(table, found, methods, { ...settings, planes: (each) => planes.get(each) ?? '' }),
  );
}
