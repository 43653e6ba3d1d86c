import { type Range, type RangeName, RANGES } from '../statistics/interval.ts';
import type { FactorValue } from '../studies/cell.ts';
import type { CellRow, RunRow } from './run-row.ts';

/**
 * What the values of a column are:
 *
 * - number: of any size and sign; count: whole; share: from 0 to 1
 * - bytes, duration (seconds), date (milliseconds since 1970, UTC)
 * - text: strings, booleans and lists of them; state: one of RUN_STATES
 */
export type ColumnKind = 'number' | 'share' | 'count' | 'bytes' | 'duration' | 'date' | 'text' | 'state';

/** Null where a run has no value. A list stands in a column whose field takes lists, and in `tags`. */
export type ColumnValue = FactorValue;

export type Direction = 'higher' | 'lower';

/** One column of the table of runs. */
export interface Column {
  /** e.g. `network.sr`, `testAccuracy`, `best.validationAccuracy`. */
  readonly key: string;
  /** What the field calls it, e.g. `squeeze ratio`. */
  readonly title: string;
  /** For a chip or a narrow head, e.g. `SR`. */
  readonly short: string;
  readonly kind: ColumnKind;
  /** Which values are better; null where none are. */
  readonly better: Direction | null;
  /** What its values can be, where the kind does not say it. */
  readonly range?: RangeName;
  /** `cell` is null where the run's cell is unknown. */
  readonly value: (row: RunRow, cell: CellRow | null) => ColumnValue;
}

/** What the values of a column, or of anything of these kinds, can be: intervals of their means go no further. */
export function rangeOf({ kind, range }: Pick<Column, 'kind' | 'range'>): Range {
  if (range) return RANGES[range];
  if (kind === 'share') return RANGES.share;
  return RANGES[kind === 'count' || kind === 'bytes' || kind === 'duration' ? 'not negative' : 'any'];
}

/** Whether a column has numbers (or lists of them), so that a mean makes sense; dates have none. */
export function isNumeric(kind: ColumnKind): boolean {
  return kind !== 'text' && kind !== 'state' && kind !== 'date';
}

/** Whether the values of a column have an order in which a filter can compare them. */
export function isOrdered(kind: ColumnKind): boolean {
  return isNumeric(kind) || kind === 'date';
}
