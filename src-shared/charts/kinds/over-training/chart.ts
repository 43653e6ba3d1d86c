import { countedRuns } from '../../cells/measured-cell.ts';
import type { Chart } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { findMeasure } from '../../layers/layer-measure.ts';
import type { AskedLayers } from '../../layers/measured-layers.ts';
import { factorChart } from '../factor/chart.ts';
import { overTrainingData } from './data.ts';

/** @throws Problem `usage` for an unknown measure, or runs that were analysed at fewer than two checkpoints */
export async function gather({ measure, roles }: AskedLayers, source: ChartSource): Promise<Chart> {
  const table = source.cells('testAccuracy');
  const found = await source.analyses(countedRuns(table), measure, { overTraining: true });
  const { index, rows } = source.chosen;
  const epochs = new Map(
    rows.flatMap((row) => {
      const epochs = index.cells[row]?.recipe?.epochs;
      return epochs === undefined ? [] : [[index.rows[row]?.id ?? '', epochs] as const];
    }),
  );
  const data = overTrainingData(table, found, {
    chosen: findMeasure(source.methods, measure),
    roles,
    epochs,
  });
  return { ...factorChart(data), label: `${data.quantity.title} by ${data.x.title}` };
}
