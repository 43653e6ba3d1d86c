import { counted } from '../../counted.ts';
import type { Column, ColumnValue } from '../column.ts';
import { isOrdered } from '../../metrics/value-kind.ts';
import { rankValues } from '../compare-values.ts';
import { listedColumns, resolveColumn, shortestNames } from '../resolve-column.ts';
import type { RunIndex } from '../run-index.ts';
import { formatValue } from './format-filter.ts';

export interface FilterSuggestion {
  /** What takes the place of the characters from `from` to `to`. */
  readonly text: string;
  /** What it stands for: a column's title, or how many runs have a value. */
  readonly detail: string;
}

export interface FilterSuggestions {
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly FilterSuggestion[];
  /** How many there are in all; more than are given where there are too many to show. */
  readonly total: number;
}

const MOST_SUGGESTIONS = 50;

/** Characters before the cursor that are looked at: a name, an operator and a value have fewer. */
const LOOKED_AT = 500;
const NAME = String.raw`([\p{L}\p{N}_][\p{L}\p{N}_.]*(?:\[\d+\])?)`;
const AFTER_OPERATOR = new RegExp(
  String.raw`${NAME}\s*(?:<=|>=|!=|==|[<>=:≤≥≠])\s*("[^"]*|[^\s(),"]*)$`,
  'u',
);
const BEFORE_LIST = new RegExp(String.raw`${NAME}\s+(?:not\s+)?in\s*$`, 'iu');
const IN_LIST = /^("[^"]*|[^\s(),"]*)$/;
const WORD = /(?:^|[\s(-])([\p{L}\p{N}_.[\]]*)$/u;

/**
 * What could stand at the cursor of a filter box: names of columns that have values, or after a name the values that
 * occur. Nothing inside a quoted free text.
 */
export function suggestFilter(text: string, cursor: number, index: RunIndex): FilterSuggestions {
  const before = text.slice(0, cursor);
  const after = text.slice(cursor, cursor + LOOKED_AT);
  const near = before.slice(-LOOKED_AT);
  const value = valueAt(before);
  const column = value ? resolveColumn(value.name) : null;
  if (value && column) {
    const { typed } = value;
    const rest = typed.startsWith('"') ? /^[^"]*"?/ : /^[^\s(),"]*/;
    const to = cursor + (rest.exec(after)?.[0].length ?? 0);
    return limited(cursor - typed.length, to, suggestValues(column, typed.replace(/^"/, ''), index));
  }
  const word = WORD.exec(near)?.[1];
  if (value || word === undefined || isQuoted(before)) return limited(cursor, cursor, []);
  const to = cursor + (/^[\p{L}\p{N}_.[\]]*/u.exec(after)?.[0].length ?? 0);
  return limited(cursor - word.length, to, suggestNames(word, index));
}

/** The value that is being typed at the end of a text, and the name of its column; null where it is none. */
function valueAt(before: string): { readonly name: string; readonly typed: string } | null {
  const [found, name, typed] = AFTER_OPERATOR.exec(before.slice(-LOOKED_AT)) ?? [];
  if (found !== undefined) return { name: name ?? '', typed: typed ?? '' };
  // a list may be as long as it likes: its beginning is the last parenthesis, if that opens
  const open = Math.max(before.lastIndexOf('('), before.lastIndexOf(')'));
  const listed = BEFORE_LIST.exec(before.slice(Math.max(0, open - LOOKED_AT), Math.max(0, open)));
  const entry =
    before
      .slice(open + 1)
      .slice(-LOOKED_AT)
      .split(',')
      .at(-1)
      ?.trimStart() ?? '';
  if (before[open] !== '(' || !listed || !IN_LIST.test(entry)) return null;
  return { name: listed[1] ?? '', typed: entry };
}

/** Names that begin with what was typed, then those that hold it in name or title. */
function suggestNames(typed: string, index: RunIndex): FilterSuggestion[] {
  const wanted = typed.toLowerCase();
  const named = listedColumns(index)
    .filter(index.isFilled)
    .map((column) => {
      const name = shortestNames.get(column.key) ?? column.key;
      const texts = [name, column.key, column.title].map((text) => text.toLowerCase());
      const place = texts.some((text) => text.startsWith(wanted))
        ? 0
        : texts.some((text) => text.includes(wanted))
          ? 1
          : 2;
      return { column, name, place: name.toLowerCase() === wanted ? -1 : place };
    });
  return named
    .filter(({ place }) => place < 2)
    .sort((a, b) => a.place - b.place)
    .flatMap(({ column, name, place }) => {
      const operators = operatorsOf(column);
      return (place < 0 ? operators : operators.slice(0, 1)).map((operator) => ({
        text: `${name}${operator}`,
        detail: column.title,
      }));
    });
}

/** First the operator that is wanted most. */
function operatorsOf(column: Column): readonly string[] {
  if (!isOrdered(column.kind)) return [':', '!=', ' in ('];
  return column.key.includes('.') ? ['=', '<=', '>=', '!=', ' in ('] : ['>=', '<=', '=', '!=', ' in ('];
}

/** Values that occur and begin with or hold what was typed, in order, with the number of runs that have them. */
function suggestValues(column: Column, typed: string, index: RunIndex): FilterSuggestion[] {
  if (column.kind === 'date') return [];
  const wanted = typed.toLowerCase();
  const counts = new Map<ColumnValue, number>();
  for (const value of index.values(column)) {
    const entries: readonly ColumnValue[] = Array.isArray(value) ? value : [value];
    for (const entry of new Set(entries)) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  }
  const ranks = rankValues(column.kind, counts.keys());
  const place = (value: ColumnValue): number => ranks.get(value) ?? Infinity;
  return [...counts]
    .filter(([value]) => value !== null && String(value).toLowerCase().includes(wanted))
    .sort(([a], [b]) => place(a) - place(b))
    .map(([value, count]) => ({
      text: formatValue(String(value), String(value).includes('*')),
      detail: counted(count, 'run'),
    }));
}

function isQuoted(before: string): boolean {
  return (before.replace(/\\./gs, '').split('"').length - 1) % 2 === 1;
}

function limited(from: number, to: number, all: readonly FilterSuggestion[]): FilterSuggestions {
  return { from, to, suggestions: all.slice(0, MOST_SUGGESTIONS), total: all.length };
}
