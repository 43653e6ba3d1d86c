import { accountNotes } from '../../cells/account-notes.ts';
import type { ChartNumbers } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { booktabsTable } from './latex.ts';
import { cellTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not, or that has no numbers */
export function gather({ metric }: { readonly metric: string }, { cells }: ChartSource): ChartNumbers {
  const table = cells(metric);
  return { notes: accountNotes(table), table: () => cellTable(table), booktabs: () => booktabsTable(table) };
}
