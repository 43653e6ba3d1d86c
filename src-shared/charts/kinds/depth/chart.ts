import type { Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { borderLayers } from '../../layers/border-layers.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import { layerTable } from '../../layers/layer-table.ts';
import { factorChart } from '../factor/chart.ts';
import { depthData, type DepthSettings } from './data.ts';

/** @throws Problem `usage` for a setting that does not vary, or runs that were not analysed */
export async function gather(
  {
    measure,
    roles,
    ...settings
  }: DepthSettings & {
    readonly measure: string;
    readonly roles: readonly string[] | null;
  },
  { cells, analyses, methods, dataset }: ChartSource,
): Promise<Chart> {
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), measure);
  const layers = layerTable(table, found, findMeasure(methods, measure), roles);
  const names = [...new Set(table.cells.map((cell) => cell.dataset))];
  const images = new Map(
    await Promise.all(names.map(async (name) => [name, (await dataset(name))?.images ?? null] as const)),
  );
  const bordersOf = (shown: readonly string[]): string[] =>
    borderLayers({ ...layers, layers: shown }, table, (name) => images.get(name) ?? null);
  return factorChart(depthData(layers, settings, bordersOf));
}
