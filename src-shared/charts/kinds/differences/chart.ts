import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { lineColours } from '../../palette.ts';
import { differencesData, type DifferencesData } from './data.ts';
import { differencesOption } from './option.ts';
import { differencesAxis } from './pgfplots.ts';
import { differencesTable } from './table.ts';

/** @throws Problem `usage` for a column or cell that there is not */
export function gather(
  { metric, baseline }: { readonly metric: string; readonly baseline: string | null },
  { cells }: ChartSource,
): Chart {
  return differencesChart(differencesData(cells(metric), baseline));
}

export function differencesChart(data: DifferencesData): Chart {
  return {
    notes: said(data.notes),
    option: (style) => differencesOption(data, style),
    height: askedHeight,
    table: () => differencesTable(data),
    pgfplots: (style) => ({ pictures: [[differencesAxis(data, style)]], colours: lineColours(1) }),
  };
}
