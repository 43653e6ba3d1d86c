import type { Column, ColumnValue } from '../column.ts';
import type { CellRow, RunRow } from '../run-row.ts';
import type { RunIndex } from '../run-index.ts';
import type { Comparison, FilterNode, Membership } from './filter-node.ts';
import { matchesPart, matchesWhole } from './glob.ts';
import { isSearched, type Literal, type Pattern } from './literal.ts';

type ValueTest = (value: ColumnValue) => boolean;

/** Whether the run at an index of the table passes. */
export type RowTest = (row: number) => boolean;

/** Decimal fractions and percentages that mean the same number differ by a few of these. */
const ROUNDING = 1e-12;

/** A fast test of a filter for the rows of a table. */
export function compileFilter(filter: FilterNode, index: RunIndex): RowTest {
  switch (filter.kind) {
    case 'all': {
      const tests = filter.parts.map((part) => compileFilter(part, index));
      return (row) => tests.every((test) => test(row));
    }
    case 'any': {
      const tests = filter.parts.map((part) => compileFilter(part, index));
      return (row) => tests.some((test) => test(row));
    }
    case 'not': {
      const test = compileFilter(filter.part, index);
      return (row) => !test(row);
    }
    case 'comparison':
      return columnTest(filter.column, index, comparisonTest(filter));
    case 'membership':
      return columnTest(filter.column, index, membershipTest(filter));
    case 'text': {
      const text = filter.text.toLowerCase();
      const contains = filter.quoted ? containsText(text) : matchesPart(text);
      return columnTest(SEARCHED, index, (value) => contains(String(value)));
    }
  }
}

function columnTest(column: Column, index: RunIndex, test: ValueTest): RowTest {
  const values = index.values(column);
  return (row) => test(values[row] ?? null);
}

function comparisonTest({ column, operator, value: { literal } }: Comparison): ValueTest {
  if (operator === '=' || operator === ':') return equalityTest(column, literal);
  if (operator === '!=') {
    const equal = equalityTest(column, literal);
    return (value) => !equal(value);
  }
  const compare = orderTest(operator, literal);
  return anyEntry((value) => typeof value === 'number' && compare(value));
}

/** A period is before its first and after its last moment, and `<=` and `>=` include it. */
function orderTest(operator: '<' | '<=' | '>' | '>=', literal: Literal): (value: number) => boolean {
  if (literal.kind === 'period') {
    const { from, to } = literal;
    const tests = {
      '<': (value: number) => value < from,
      '<=': (value: number) => value < to,
      '>': (value: number) => value >= to,
      '>=': (value: number) => value >= from,
    };
    return tests[operator];
  }
  const wanted = literal.kind === 'number' ? literal.value : NaN;
  const tests = {
    '<': (value: number) => value < wanted && !isSameNumber(value, wanted),
    '<=': (value: number) => value < wanted || isSameNumber(value, wanted),
    '>': (value: number) => value > wanted && !isSameNumber(value, wanted),
    '>=': (value: number) => value > wanted || isSameNumber(value, wanted),
  };
  return tests[operator];
}

/** Names and numbers are looked up, however many there are; patterns, dates and `none` are tried one by one. */
function membershipTest({ column, values }: Membership): ValueTest {
  const literals = values.map(({ literal }) => literal);
  const names = new Set(literals.flatMap((literal) => nameOf(column, literal) ?? []));
  const numbers = literals
    .flatMap((literal) => (literal.kind === 'number' ? literal.value : []))
    .sort((a, b) => a - b);
  const others = literals.filter((literal) => literal.kind !== 'number' && nameOf(column, literal) === null);
  const tests = others.map((literal) => equalityTest(column, literal));
  const isListed = anyEntry((value) =>
    typeof value === 'number' && numbers.length > 0
      ? isAmong(value, numbers)
      : value !== null && names.has(String(value).toLowerCase()),
  );
  return (value) => isListed(value) || tests.some((test) => test(value));
}

/** The one text that a literal means; null where it means several, or none. */
function nameOf(column: Column, literal: Literal): string | null {
  return literal.kind === 'pattern' && !isSearched(column, literal) ? literal.text : null;
}

/** Whether a number is one of these in rising order: if so, it is one of the two beside its place. */
function isAmong(value: number, numbers: readonly number[]): boolean {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return [numbers[low - 1], numbers[low]].some((near) => near !== undefined && isSameNumber(value, near));
}

function equalityTest(column: Column, literal: Literal): ValueTest {
  switch (literal.kind) {
    case 'none':
      return (value) =>
        value === null || value === 'none' || value === '' || (Array.isArray(value) && value.length === 0);
    case 'number': {
      const wanted = literal.value;
      return anyEntry((value) => typeof value === 'number' && isSameNumber(value, wanted));
    }
    case 'period': {
      const { from, to } = literal;
      return anyEntry((value) => typeof value === 'number' && value >= from && value < to);
    }
    case 'pattern': {
      const matches = patternTest(column, literal);
      return anyEntry((value) => value !== null && matches(String(value).toLowerCase()));
    }
  }
}

/** Of a note a part is enough, of all else the whole counts. */
function patternTest({ key }: Column, { text, wildcards }: Pattern): (value: string) => boolean {
  if (key === 'note') return wildcards ? matchesPart(text) : containsText(text);
  return wildcards ? matchesWhole(text) : (value) => value === text;
}

function containsText(text: string): (value: string) => boolean {
  return (value) => value.includes(text);
}

function isSameNumber(value: number, wanted: number): boolean {
  return value === wanted || Math.abs(value - wanted) <= ROUNDING * Math.abs(wanted);
}

/** The test holds for a value, or for any entry of a list. */
function anyEntry(test: ValueTest): ValueTest {
  return (value) => (Array.isArray(value) ? value.some((entry: ColumnValue) => test(entry)) : test(value));
}

/** All that a free text is looked for in, in lower case. */
const SEARCHED: Column = {
  ...{ key: 'searched text', title: 'searched text', short: 'text', kind: 'text', better: null },
  value: (row: RunRow, cell: CellRow | null) => {
    const family = cell?.network?.['family'];
    const parts = [
      ...[row.id, row.study, row.dataset, row.cell, row.state, row.note, ...row.tags],
      ...[row.failure?.code, row.engine, row.device, typeof family === 'string' ? family : null],
      ...Object.values(row.factors).map(String),
    ];
    return parts
      .filter((part) => typeof part === 'string')
      .join('\n')
      .toLowerCase();
  },
};
