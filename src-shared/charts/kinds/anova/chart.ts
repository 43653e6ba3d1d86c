import type { ChartNumbers } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { anovaData, type AnovaSettings } from './data.ts';
import { booktabsAnova } from './latex.ts';
import { anovaReading, anovaTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not, or where a third setting varies */
export function gather(
  { metric, ...settings }: AnovaSettings & { readonly metric: string },
  { cells }: ChartSource,
): ChartNumbers {
  const data = anovaData(cells(metric), settings);
  const table = anovaTable(data);
  return {
    ...{ notes: table.notes ?? [], table: () => table },
    ...{ reading: () => anovaReading(data), booktabs: () => booktabsAnova(data) },
  };
}
