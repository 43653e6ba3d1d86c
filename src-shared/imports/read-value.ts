import type { ForeignValue } from './foreign-runs.ts';

/** A value as it was understood: `nan` stands for any number that is not finite. */
export type ReadValue =
  | { readonly kind: 'blank' }
  | { readonly kind: 'nan' }
  /** `decimal`: the number as it was written, so that no digit is lost on the way. */
  | { readonly kind: 'number'; readonly value: number; readonly decimal: string; readonly isPercent: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'list'; readonly value: readonly ForeignValue[] };

/** A number without zeros before it, which are those of a name (`007`); with a comma where tables are so written. */
const NUMBER = /^[+-]?(?:0|[1-9]\d*)?(?:[.,]\d*)?(?:e[+-]?\d+)?$/i;
/** As Python and JavaScript write what is no finite number. */
export const NOT_FINITE = /^[+-]?(?:nan|inf(?:inity)?)$/i;

/** Reads a value of a table; a whole number that would lose digits is a text. */
export function readValue(value: ForeignValue): ReadValue {
  if (value === null) return { kind: 'blank' };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number') return readNumber(String(value), value);
  if (typeof value !== 'string') return { kind: 'list', value };
  const text = value.trim();
  if (text === '') return { kind: 'blank' };
  if (NOT_FINITE.test(text)) return { kind: 'nan' };
  if (/^(?:true|false)$/i.test(text)) return { kind: 'boolean', value: text.toLowerCase() === 'true' };
  const [, digits = ''] = /^(.*?)\s*%?$/.exec(text) ?? [];
  if (!NUMBER.test(digits) || !/\d/.test(digits)) return { kind: 'text', value: text };
  const decimal = digits.replace(',', '.');
  const number = Number(decimal);
  if (Number.isInteger(number) && !Number.isSafeInteger(number) && !/[.e]/i.test(decimal))
    return { kind: 'text', value: text };
  return readNumber(decimal, number, text.endsWith('%'));
}

function readNumber(decimal: string, value: number, isPercent = false): ReadValue {
  return Number.isFinite(value) ? { kind: 'number', value, decimal, isPercent } : { kind: 'nan' };
}

/** A percentage as a share, to the digit: 81.23 becomes 0.8123 and not a number beside it. */
export function shareOfPercent(decimal: string): number {
  const [, mantissa = '', exponent = '0'] = /^(.*?)(?:e([+-]?\d+))?$/i.exec(decimal) ?? [];
  return Number(`${mantissa}e${Number(exponent) - 2}`);
}
