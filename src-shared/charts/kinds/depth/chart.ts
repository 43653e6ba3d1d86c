import type { Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { borderLayers, imagesOfCells } from '../../layers/border-layers.ts';
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
  source: ChartSource,
): Promise<Chart> {
  const { cells, analyses, methods } = source;
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), measure);
  const layers = layerTable(table, found, findMeasure(methods, measure), roles);
  const images = await imagesOfCells(table, source);
  const bordersOf = (shown: readonly string[]): string[] =>
    borderLayers({ ...layers, layers: shown }, table, images);
  return factorChart(depthData(layers, settings, bordersOf));
}
