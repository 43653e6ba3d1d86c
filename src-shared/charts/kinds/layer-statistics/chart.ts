import type { RecordedPart } from '../../../metrics/layer-histograms.ts';
import { said, type Chart } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { modulesOfCells } from '../../layers/cell-modules.ts';
import { moduleGroups } from '../../layers/module-groups.ts';
import { ANY_IMAGES } from '../../recorded/any-images.ts';
import { recordedRuns } from '../../recorded/recorded-runs.ts';
import { heatMapChart } from '../heat-map/chart.ts';
import { statisticMap, statisticTable } from './data.ts';
import type { StatisticName } from './statistics.ts';

/** @throws Problem `usage` for runs without histograms, or a statistic that is of something else */
export async function gather(
  { of, statistic }: { readonly of: RecordedPart; readonly statistic: StatisticName },
  source: ChartSource,
): Promise<Chart> {
  const { runs, notes } = await recordedRuns(source, { of, layer: null });
  const drawn = new Set(runs.map(({ run }) => run));
  const cells = source.cells('testAccuracy').cells.filter((cell) => cell.runs.some((run) => drawn.has(run)));
  const modules = modulesOfCells(cells, () => ANY_IMAGES);
  const map = statisticMap(runs, { of, statistic }, (layers) =>
    moduleGroups(layers, modules({ layers, roleOf: new Map() })),
  );
  const data = { ...map, notes: said([...map.notes, ...notes]) };
  return {
    ...heatMapChart(data),
    label: `${data.quantity.title}, by layer and step`,
    table: () => statisticTable(data),
  };
}
