import { type RankedCells, rankedCells } from '../../cells/best-cell.ts';
import { type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { lineColours } from '../../palette.ts';
import { differencesData, type DifferencesData } from './data.ts';
import { differencesHeight, differencesOption } from './drawing.ts';
import { booktabsDifferences } from './latex.ts';
import { differencesAxis } from './pgfplots.ts';
import { differencesReading, differencesTable } from './table.ts';

/** Rows that are read at a time on a page; of more the best come first. */
const PAGE = 24;

/** @throws Problem `usage` for a column or cell that there is not */
export function gather(
  {
    metric,
    baseline,
    margin,
  }: { readonly metric: string; readonly baseline: string | null; readonly margin: number | null },
  { cells }: ChartSource,
): Chart {
  const table = cells(metric);
  const data = differencesData(table, baseline, margin);
  const ranked = rankedCells(table);
  const rows = data.rows.length > PAGE ? inOrder(data, ranked) : data.rows;
  const whole = { ...differencesChart(data), reading: () => differencesReading({ ...data, rows }) };
  const page = (place: number): Chart => {
    const own = { ...data, rows: rows.slice(place * PAGE, (place + 1) * PAGE), notes: [] };
    const { option, height, pageHeight = 0 } = differencesChart(own);
    return { ...whole, option, height, pageHeight };
  };
  const about = `best ${ranked.mean} first; p values are adjusted for all of them`;
  return { ...whole, pages: { what: 'cells', rows: rows.length, size: PAGE, about, page } };
}

function inOrder({ rows }: DifferencesData, { cells }: RankedCells): DifferencesData['rows'] {
  const places = new Map(cells.map(({ id }, place) => [id, place]));
  return rows.toSorted((a, b) => (places.get(a.cell) ?? 0) - (places.get(b.cell) ?? 0));
}

/** Pixels of a page. */
const HEAD = 110;
const ROW = 30;

export function differencesChart(data: DifferencesData): Chart {
  return {
    notes: said(data.notes),
    label: `Differences of ${data.quantity.title} from ${data.baseline.label}`,
    cautions: [...new Set(said(data.rows.map(({ caution }) => caution)))],
    option: (style) => differencesOption(data, style),
    height: (style) => differencesHeight(data, style),
    pageHeight: HEAD + ROW * data.rows.length,
    table: () => differencesTable(data),
    booktabs: () => booktabsDifferences(data),
    pgfplots: (style) => ({ pictures: [[differencesAxis(data, style)]], colours: lineColours(1, style) }),
  };
}
