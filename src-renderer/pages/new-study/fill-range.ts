import { roundedTo } from '../../../src-shared/numbers.ts';
/** Values from one number to another: evenly spaced, or each twice the one before. */
export type Spacing = 'linear' | 'doubling';

const MOST_VALUES = 200;
/** So that 0.1 + 0.2 is 0.3. */
const DIGITS = 6;

/**
 * The values of a range, ascending or descending, without repetition.
 *
 * @param count of `linear` only, where 1 gives `from`; doubling goes on while `to` is not passed
 * @param whole round to whole numbers
 * @returns empty where there is no such range: doubling needs two positive numbers
 */
export function fillRange(
  from: number,
  to: number,
  count: number,
  spacing: Spacing,
  whole: boolean,
): number[] {
  const values = spacing === 'linear' ? linear(from, to, count) : doubling(from, to);
  const rounded = values.map((value) => (whole ? Math.round(value) : roundedTo(value, DIGITS)));
  return [...new Set(rounded)];
}

function linear(from: number, to: number, count: number): number[] {
  const length = Math.min(MOST_VALUES, Math.max(0, Math.floor(count)));
  const step = length > 1 ? (to - from) / (length - 1) : 0;
  return Array.from({ length }, (_, index) => from + index * step);
}

function doubling(from: number, to: number): number[] {
  const [least, most] = [Math.min(from, to), Math.max(from, to)];
  if (least <= 0) return [];
  const length = Math.min(MOST_VALUES, Math.floor(Math.log2(most / least) + 1e-9) + 1);
  const values = Array.from({ length }, (_, index) => least * 2 ** index);
  return from <= to ? values : values.toReversed();
}
