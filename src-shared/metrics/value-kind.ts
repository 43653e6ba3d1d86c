import { type Range, type RangeName, RANGES } from '../statistics/interval.ts';

/**
 * What values are:
 *
 * - number: of any size and sign; count: whole; share: from 0 to 1
 * - bytes, duration (seconds), date (milliseconds since 1970, UTC)
 * - text: strings, booleans and lists of them; state: one of RUN_STATES
 * - any: numbers or texts, as the factors of imported runs have them
 */
export type ValueKind =
  'number' | 'share' | 'count' | 'bytes' | 'duration' | 'date' | 'text' | 'state' | 'any';

export type Direction = 'higher' | 'lower';

/** What values of a kind can be, where a range says more than the kind does. */
export function rangeOf({ kind, range }: { readonly kind: ValueKind; readonly range?: RangeName }): Range {
  if (range) return RANGES[range];
  if (kind === 'share') return RANGES.share;
  return RANGES[kind === 'count' || kind === 'bytes' || kind === 'duration' ? 'not negative' : 'any'];
}

/** Whether values are numbers (or lists of them), so that a mean makes sense; dates have none. */
export function isNumeric(kind: ValueKind): boolean {
  return kind !== 'text' && kind !== 'state' && kind !== 'date' && kind !== 'any';
}

/** Whether values have an order in which a filter can compare them. */
export function isOrdered(kind: ValueKind): boolean {
  return isNumeric(kind) || kind === 'date' || kind === 'any';
}
