import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { lineColours } from '../../palette.ts';
import { importanceData, importanceQuestion } from './data.ts';
import { BAR_NAMES, importanceOption } from './drawing.ts';
import { importanceAxis } from './pgfplots.ts';
import { importanceReading, importanceTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not, too few cells, or values that do not vary */
export async function gather(
  { metric, pairs }: { readonly metric: string; readonly pairs: boolean },
  { cells, forestImportance }: ChartSource,
): Promise<Chart> {
  const table = cells(metric);
  const question = importanceQuestion(table);
  const data = importanceData(table, question, await forestImportance(question), pairs);
  return {
    notes: said(data.notes),
    label: `Importance of ${question.settings.length} settings for ${data.quantity.title}`,
    option: (style) => importanceOption(data, style),
    height: askedHeight,
    table: () => importanceTable(data),
    reading: () => importanceReading(data),
    pgfplots: (style) => ({
      pictures: [[importanceAxis(data, style)]],
      colours: lineColours(2, style, BAR_NAMES),
    }),
  };
}
