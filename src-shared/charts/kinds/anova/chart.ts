import type { ChartNumbers } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { anovaData } from './data.ts';
import { booktabsAnova } from './latex.ts';
import { anovaModel, type ChartSettings } from './model.ts';
import { effectsReading, momentReadings } from './reading.ts';
import { anovaTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not, or where an analysis of variance is impossible */
export function gather(settings: ChartSettings, { cells }: ChartSource): ChartNumbers {
  const data = anovaData(cells(settings.metric), anovaModel(settings));
  const table = anovaTable(data);
  return {
    ...{ notes: table.notes ?? [], table: () => table },
    ...{ reading: () => effectsReading(data), more: () => momentReadings(data) },
    booktabs: () => booktabsAnova(data),
  };
}
