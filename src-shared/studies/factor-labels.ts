import { roundedTo } from '../numbers.ts';
import type { FactorValue } from './cell.ts';
import { factorText } from './factor-text.ts';

/** Significant digits of a label, where they tell the numbers apart. */
const LEAST_DIGITS = 6;
/** Letters from which on a list is shortened. */
const LONG = 20;

/**
 * A label for each value of a factor, for an axis, a legend or a column: as short as it can be with no two alike. Numbers
 * have as many digits as tell them apart, long lists only so many entries.
 *
 * @param values distinct ones.
 */
export function factorLabels(values: readonly FactorValue[]): string[] {
  const digits = digitsOf(values.flatMap(numbersIn));
  const rounded = values.map((value) => factorText(round(value, digits)));
  return isDistinct(rounded) ? shortened(rounded) : shortened(values.map(factorText));
}

/** What labels of a factor that were shortened stand for, by the label. */
export function shortenedValues(
  values: readonly FactorValue[],
  labels: readonly string[],
): { readonly label: string; readonly whole: string }[] {
  return labels.flatMap((label, place) =>
    label.includes('…') ? [{ label, whole: factorText(values[place]) }] : [],
  );
}

function numbersIn(value: FactorValue): number[] {
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? (value as readonly FactorValue[]).flatMap(numbersIn) : [];
}

/** So many as tell all of the numbers apart, that differ. */
function digitsOf(numbers: readonly number[]): number {
  const distinct = [...new Set(numbers)];
  for (let digits = LEAST_DIGITS; digits < 17; digits++)
    if (isDistinct(distinct.map((number) => String(round(number, digits))))) return digits;
  return 17;
}

/** Whole numbers keep all of their digits. */
function round(value: FactorValue, digits: number): FactorValue {
  if (typeof value === 'number') return Number.isInteger(value) ? value : roundedTo(value, digits);
  return Array.isArray(value)
    ? (value as readonly FactorValue[]).map((entry) => round(entry, digits))
    : value;
}

/** Long texts of several parts with so many of the first and the last parts as tell them apart. */
function shortened(texts: readonly string[]): string[] {
  const parts = texts.map((text) => (text.length <= LONG ? [text] : text.split(', ')));
  const most = parts.reduce((longest, { length }) => Math.max(longest, length), 0);
  for (let kept = 1; kept < most; kept++)
    for (let last = 0; last < kept; last++) {
      const short = parts.map((own) => elided(own, kept - last, last));
      if (isDistinct(short)) return short;
    }
  return [...texts];
}

function elided(parts: readonly string[], first: number, last: number): string {
  if (parts.length <= first + last) return parts.join(', ');
  const end = parts.slice(parts.length - last).join(', ');
  return `${parts.slice(0, first).join(', ')} …${end === '' ? '' : ` ${end}`}`;
}

function isDistinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}
