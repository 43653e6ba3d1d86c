import { showValue } from '../mistakes/show-value.ts';
import type { ValueKind } from '../metrics/value-kind.ts';
import type { Column } from './column.ts';

const COUNT_UNITS = { k: 1e3, m: 1e6, g: 1e9, b: 1e9, t: 1e12 };
const BYTE_UNITS = {
  ...{ b: 1, k: 1e3, m: 1e6, g: 1e9, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
  ...{ kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
};
const DURATION_UNITS = { ms: 1e-3, s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/** What is wrong with a number that a person typed, and what was meant, if that can be told. */
export interface NumberMistake {
  readonly message: string;
  readonly suggestion: string | null;
}

/**
 * A number of a column as people type it (`0.25`, `80%`, `1.2M`), bytes (`500MB`, `1.5GiB`) and durations (`90s`, `5min`, `2h`)
 * with their units; else what is wrong with it.
 */
export function typedNumber(
  { title, kind }: Pick<Column, 'title' | 'kind'>,
  text: string,
): number | NumberMistake {
  const [, digits, unit = ''] = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)([a-z%]*)$/i.exec(text) ?? [];
  const units = new Map(Object.entries(unitsOf(kind)));
  const factor = unit === '' ? 1 : units.get(unit.toLowerCase());
  if (digits === undefined || (factor === undefined && unit !== '%'))
    return { message: `${title} is ${describe(kind)}, not ${showValue(text)}.`, suggestion: null };
  if (unit === '%') return Number(digits) / 100;
  const value = Number(digits) * (factor ?? 1);
  if (kind === 'share' && value > 1)
    return { message: `${title} is a share from 0 to 1, not ${text}.`, suggestion: `${digits}%` };
  return value;
}

function unitsOf(kind: ValueKind): Readonly<Record<string, number>> {
  if (kind === 'bytes') return BYTE_UNITS;
  if (kind === 'duration') return DURATION_UNITS;
  return kind === 'share' ? {} : COUNT_UNITS;
}

function describe(kind: ValueKind): string {
  if (kind === 'bytes') return 'a size such as 500MB or 1.5GiB';
  if (kind === 'duration') return 'a duration such as 90s, 5min or 2h';
  return kind === 'share' ? 'a share such as 0.8 or 80%' : 'a number such as 0.25, 500k or 1.2M';
}
