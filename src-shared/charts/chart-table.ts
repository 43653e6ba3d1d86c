import { roundedTo, withPlainSpaces } from '../numbers.ts';
import type { FactorValue } from '../studies/cell.ts';

/** What a chart shows as a table: for people who cannot see it, and for other programs. Values are not rounded. */
export interface ChartTable {
  readonly columns: readonly string[];
  /** A list is a value of a setting. */
  readonly rows: readonly (readonly FactorValue[])[];
  /** What is to be said of the numbers; in JSON. */
  readonly notes?: readonly string[];
}

/** Numbers as people read them: rounded, with their units. */
export interface ReadingTable extends ChartTable {
  /** Of one among several. */
  readonly title?: string;
  readonly caption?: string;
}

/** With plain spaces in what we wrote, where other programs look for words. What people named stays as they wrote it. */
export function forPrograms(table: ChartTable): ChartTable {
  const { columns, notes } = table;
  return {
    ...{ ...table, columns: columns.map(withPlainSpaces) },
    ...(notes && { notes: notes.map(withPlainSpaces) }),
  };
}

const DIGITS = 4;

/** A table rounded, without the single runs behind its means: these are in the data of the figure. */
export function rounded({ columns, rows }: ChartTable): ReadingTable {
  const mark = columns.indexOf('mark');
  return {
    columns,
    rows: rows
      .filter((row) => mark < 0 || row[mark] !== 'run')
      .map((row) => row.map((value) => (typeof value === 'number' ? roundedTo(value, DIGITS) : value))),
  };
}
