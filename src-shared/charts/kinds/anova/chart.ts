import type { ChartNumbers } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { gatherAnova } from './gather-anova.ts';
import { booktabsAnova } from './latex.ts';
import type { ChartSettings } from './model.ts';
import { effectsReading, momentReadings } from './reading.ts';
import { anovaTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not, or where an analysis of variance is impossible */
export async function gather(settings: ChartSettings, source: ChartSource): Promise<ChartNumbers> {
  const data = await gatherAnova(settings, source);
  const table = anovaTable(data);
  return {
    ...{ notes: table.notes ?? [], table: () => table },
    ...{ reading: () => effectsReading(data), more: () => momentReadings(data) },
    booktabs: () => booktabsAnova(data),
  };
}
