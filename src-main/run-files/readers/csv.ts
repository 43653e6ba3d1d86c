import { CsvError, parse } from 'csv-parse/sync';
import type { ForeignRun } from '../../../src-shared/imports/foreign-runs.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { defineReader } from '../reader.ts';
import { isPointTable, readPointTable } from '../point-table.ts';
import { tableHints } from '../table-hints.ts';

/** A table with a run in each row, its columns named in the first; also with tabs or semicolons. */
export const csv = defineReader({
  title: 'tables as CSV',
  claims: ({ isFolder, name }) => !isFolder && /\.(?:csv|tsv|txt)$/i.test(name),
  read: ({ name, files: [file = ''], text }, { onProgress }) => {
    const [header = [], ...rows] = records(name, text(file), (share) =>
      onProgress?.({ phase: `reading ${name}`, share }),
    );
    const names = header.map((column) => column.trim());
    requireNames(name, names);
    if (isPointTable(names)) return readPointTable(name, names, rows);
    const runs = rows.map((row, index): ForeignRun => ({
      place: `row ${index + 2}`,
      // a column without a name holds the numbers of the rows, as pandas writes them
      values: new Map(
        names.flatMap((column, place) => (column === '' ? [] : [[column, row[place] ?? ''] as const])),
      ),
      curves: [],
    }));
    return { runs, ...tableHints(names, 'CSV') };
  },
});

/** Rows between two words about how far it is. */
const ROWS_BETWEEN = 20_000;

/** @throws Problem `data-invalid` with the line of what is no row */
function records(name: string, text: string, onShare: (share: number) => void): string[][] {
  try {
    return parse(text, {
      ...{ delimiter: delimiterOf(text), skip_empty_lines: true, bom: true },
      on_record: (record: string[], { bytes, records: count }) => {
        // of text that is not English less than it is
        if (count % ROWS_BETWEEN === 0) onShare(Math.min(1, bytes / text.length));
        return record;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Problem('data-invalid', `${name} is not a table: ${sentenceOf(error)}.`, { cause: error });
  }
}

function sentenceOf({ code, message, ...about }: CsvError): string {
  const place = `row ${(Number(about['records']) || 0) + 1}`;
  if (code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH' || code === 'CSV_RECORD_INCONSISTENT_COLUMNS')
    return `${place} has another number of columns than the first (line ${String(about['lines'])})`;
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return `a quotation mark is not closed (line ${String(about['lines'])})`;
  return message;
}

/** That of which the first line has most. */
function delimiterOf(text: string): string {
  const [first = ''] = text.slice(0, 2 ** 20).split('\n', 1);
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }));
  return counts.reduce((most, each) => (each.count > most.count ? each : most)).mark;
}

/** @throws Problem `data-invalid` */
function requireNames(file: string, names: readonly string[]): void {
  if (names.length === 0) throw new Problem('data-invalid', `${file} is empty.`);
  const repeated = names.find((name, place) => name !== '' && names.indexOf(name) !== place);
  if (repeated !== undefined)
    throw new Problem('data-invalid', `${file}: two columns are called ${repeated}; rename one of them.`);
}
