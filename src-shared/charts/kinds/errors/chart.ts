import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { lineColours } from '../../palette.ts';
import { errorsData } from './data.ts';
import { errorsOption } from './drawing.ts';
import { errorsAxis } from './pgfplots.ts';
import { sampleOf } from './sample.ts';
import { errorsReading, errorsTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not or that is no error, or a setting that does not vary */
export async function gather(
  { metric, line, logX }: { readonly metric: string; readonly line: string | null; readonly logX: boolean },
  source: ChartSource,
): Promise<Chart> {
  const table = source.cells(metric);
  const data = errorsData(table, line, await sampleOf(source));
  const look = { logX };
  return {
    notes: said(data.notes),
    label: `Distribution of the ${data.quantity.title} of ${data.lines.reduce((sum, { cells }) => sum + cells.length, 0)} cells`,
    option: (style) => errorsOption(data, style, look),
    height: askedHeight,
    table: () => errorsTable(data),
    reading: () => errorsReading(data),
    pgfplots: (style) => ({
      pictures: [[errorsAxis(data, style, look)]],
      colours: lineColours(
        data.lines.length,
        style,
        data.lines.map(({ label }) => label),
      ),
    }),
  };
}
