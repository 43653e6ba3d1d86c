import { RUN_STATES } from '../studies/run-state.ts';
import type { ColumnValue } from './column.ts';
import type { ValueKind } from '../metrics/value-kind.ts';

const collator = new Intl.Collator('en', { numeric: true });

/**
 * The place of each distinct value of a column in rising order, none for null and NaN: numbers, then false and true, then texts in the
 * order of a dictionary (`run 2` before `run 10`); lists by their entries; states in the order of RUN_STATES.
 */
export function rankValues(kind: ValueKind, values: Iterable<ColumnValue>): Map<ColumnValue, number> {
  const distinct = [...new Set(values)];
  const compare = kind === 'state' ? compareStates : compareValues;
  const sorted = distinct.filter((value) => value !== null && !Number.isNaN(value)).sort(compare);
  const ranks = new Map<ColumnValue, number>();
  let rank = 0;
  for (const [place, value] of sorted.entries()) {
    const before = sorted[place - 1] ?? null;
    if (place > 0 && compare(before, value) !== 0) rank += 1;
    ranks.set(value, rank);
  }
  return ranks;
}

function compareValues(a: ColumnValue, b: ColumnValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  return typeOrder(a) - typeOrder(b);
}

function compareLists(a: readonly ColumnValue[], b: readonly ColumnValue[]): number {
  for (const [place, entry] of a.entries()) {
    if (place >= b.length) break;
    const order = compareValues(entry, b[place] ?? null);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareStates(a: ColumnValue, b: ColumnValue): number {
  const place = (value: ColumnValue): number => RUN_STATES.findIndex((state) => state === value);
  return place(a) - place(b);
}

function typeOrder(value: ColumnValue): number {
  return ['number', 'boolean', 'string', 'object'].indexOf(typeof value);
}
