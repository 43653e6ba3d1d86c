import type { ReadingTable } from '../../src-shared/charts/chart-table.ts';
import { counted } from '../../src-shared/counted.ts';
import { factorText } from '../../src-shared/studies/factor-text.ts';
import type { Block, ReportTable } from './report.ts';

/** More rows are read by nobody; all of them are in the data that a report holds. */
const MOST_ROWS = 200;

/** A table of a chart as a report has it. @param caption where the table has none */
export function reportTable(
  { columns, rows, notes = [], caption }: ReadingTable,
  otherwise: string,
): ReportTable {
  const texts = rows.slice(0, MOST_ROWS).map((row) => row.map(factorText));
  const left =
    rows.length > MOST_ROWS
      ? [`The first ${MOST_ROWS} of ${counted(rows.length, 'row')} are shown; the others are left out here.`]
      : [];
  return {
    caption: caption ?? otherwise,
    columns: columns.map((title, place) => ({
      title,
      isNumber: texts.some((row) => isNumber(row[place])) && texts.every((row) => isNumberOrNone(row[place])),
    })),
    rows: texts,
    notes: [...left, ...notes],
  };
}

export function tableBlock(table: ReadingTable, caption: string): Block {
  return { kind: 'table', table: reportTable(table, caption) };
}

/** A sentence may begin with a number, too. */
const LONGEST_NUMBER = 24;

function isNumber(text = ''): boolean {
  return text.length <= LONGEST_NUMBER && /^(?:p [<=] |[<=] )?[−+-]?\d/.test(text) && !text.includes(', ');
}

function isNumberOrNone(text = ''): boolean {
  return text === '' || text === '–' || isNumber(text);
}
