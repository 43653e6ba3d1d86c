import type { ForeignRun, ForeignValue } from '../../../src-shared/imports/foreign-runs.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { flatten } from '../flatten.ts';
import { historyCurves, isHistory } from '../history.ts';
import { isKindlingExport, readKindlingExport } from '../kindling-export.ts';
import { defineReader } from '../reader.ts';
import { tableHints } from '../table-hints.ts';

type Entry = Readonly<Record<string, unknown>>;

/**
 * A list of runs as JSON, or one a line; an object of columns as pandas writes it; what was logged of one run, a point an
 * entry; or what Kindling exports.
 */
export const json = defineReader({
  title: 'JSON',
  claims: ({ isFolder, name }) => !isFolder && /\.(?:json|jsonl|ndjson)$/i.test(name),
  read: ({ name, files: [file = ''], text }) => {
    const content = contentOf(name, text(file));
    if (isKindlingExport(content)) return readKindlingExport(name, content);
    const entries = entriesOf(name, content);
    if (isHistory(entries)) {
      const run = name.replace(/\.[^.]+$/, '');
      return {
        format: 'JSON',
        runs: [],
        histories: [{ run, place: `run ${run}`, curves: historyCurves(entries) }],
      };
    }
    const runs = entries.map((entry, index): ForeignRun => {
      const { history, ...rest } = entry;
      const points = Array.isArray(history) && history.every(isEntry) ? history : [];
      return { place: `entry ${index + 1}`, values: valuesOf(rest), curves: historyCurves(points) };
    });
    return { runs, ...tableHints(Object.keys(entries[0] ?? {}), 'JSON') };
  },
});

function valuesOf(entry: Entry): ReadonlyMap<string, ForeignValue> {
  return new Map(flatten(entry));
}

/** @throws Problem `data-invalid` */
function contentOf(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const lines = linesOf(text);
    if (lines) return lines;
    throw new Problem('data-invalid', `${name} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
}

/** Of JSON with an entry a line; null for what is none. */
function linesOf(text: string): unknown[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return null;
  try {
    return lines.map((line) => JSON.parse(line) as unknown);
  } catch {
    return null;
  }
}

/** @throws Problem `data-invalid` for what holds no list of runs */
function entriesOf(name: string, content: unknown): readonly Entry[] {
  const list = isEntry(content) && Array.isArray(content['runs']) ? content['runs'] : content;
  if (Array.isArray(list)) {
    const wrong = list.findIndex((entry) => !isEntry(entry));
    if (wrong < 0) return list as Entry[];
    throw new Problem(
      'data-invalid',
      `${name}, entry ${wrong + 1}: it is no object with the values of a run.`,
    );
  }
  const columns = isEntry(list) ? Object.entries(list) : [];
  if (columns.length > 0 && columns.every(([, column]) => isEntry(column)))
    return rowsOf(columns as [string, Entry][]);
  throw new Problem(
    'usage',
    `${name}: a list of runs is expected, each an object with its settings and results.`,
  );
}

/** The rows of `{ column: { row: value } }`. */
function rowsOf(columns: readonly (readonly [string, Entry])[]): Entry[] {
  const rows = [...new Set(columns.flatMap(([, column]) => Object.keys(column)))];
  return rows.map((row) => Object.fromEntries(columns.map(([name, column]) => [name, column[row] ?? null])));
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
