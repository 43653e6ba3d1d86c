import type { Column, ColumnValue } from '../column.ts';
import type { CellRow, RunRow } from '../run-row.ts';
import type { RunIndex } from '../run-index.ts';
import type { Comparison, FilterNode, Membership } from './filter-node.ts';
import type { Literal } from './literal.ts';

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
      const wildcards = !filter.quoted && filter.text.includes('*');
      const contains = partTest(filter.text.toLowerCase(), wildcards);
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

function membershipTest({ column, values }: Membership): ValueTest {
  const tests = values.map(({ literal }) => equalityTest(column, literal));
  return (value) => tests.some((test) => test(value));
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
      const { text, wildcards } = literal;
      const matches = column.key === 'note' ? partTest(text, wildcards) : wholeTest(text, wildcards);
      return anyEntry((value) => value !== null && matches(String(value)));
    }
  }
}

function isSameNumber(value: number, wanted: number): boolean {
  return value === wanted || Math.abs(value - wanted) <= ROUNDING * Math.abs(wanted);
}

/** The test holds for a value, or for any entry of a list. */
function anyEntry(test: ValueTest): ValueTest {
  return (value) => (Array.isArray(value) ? value.some((entry: ColumnValue) => test(entry)) : test(value));
}

function wholeTest(text: string, wildcards: boolean): (value: string) => boolean {
  if (!wildcards) return (value) => value.toLowerCase() === text;
  const pattern = new RegExp(`^${wildcardPattern(text)}$`, 'is');
  return (value) => pattern.test(value);
}

function partTest(text: string, wildcards: boolean): (value: string) => boolean {
  if (!wildcards) return (value) => value.toLowerCase().includes(text);
  const pattern = new RegExp(wildcardPattern(text), 'is');
  return (value) => pattern.test(value);
}

function wildcardPattern(text: string): string {
  return text.split('*').map(escaped).join('.*');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** All that a free text is looked for in, in lower case. */
const SEARCHED: Column = {
  ...{ key: 'searched text', title: 'searched text', short: 'text', kind: 'text', better: null },
  value: (row: RunRow, cell: CellRow | null) => {
    const family = cell?.network['family'];
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
