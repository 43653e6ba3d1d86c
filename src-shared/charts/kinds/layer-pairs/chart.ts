import type { Chart } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { imagesOfCells } from '../../layers/border-layers.ts';
import { modulesOfCells } from '../../layers/cell-modules.ts';
import { type ModuleGroups, moduleGroups } from '../../layers/module-groups.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import { heatMapChart } from '../heat-map/chart.ts';
import { layerPairsData } from './data.ts';

/** @throws Problem `usage` for runs that were not analysed, or more cells than can be read */
export async function gather(
  { measure, roles }: { readonly measure: string; readonly roles: readonly string[] | null },
  source: ChartSource,
): Promise<Chart> {
  const { cells, analyses, methods } = source;
  const table = cells('testAccuracy');
  const found = await analyses(countedRuns(table), measure);
  const images = await imagesOfCells(table, source);
  const roleOf = new Map(
    found.flatMap(({ results }) => results.map(({ layer, role }) => [layer ?? '', role])),
  );
  const modules = modulesOfCells(table.cells, images);
  const modulesOf = (layers: readonly string[]): ModuleGroups =>
    moduleGroups(layers, modules({ layers, roleOf }));
  return heatMapChart(layerPairsData(table, found, findMeasure(methods, measure), roles, modulesOf));
}
