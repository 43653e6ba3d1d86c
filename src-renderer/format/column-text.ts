import { decimalSize, duration, percent, plain, whole } from '../../src-shared/numbers.ts';
import { isNumeric } from '../../src-shared/metrics/value-kind.ts';
import type { Column, ColumnValue } from '../../src-shared/runs/column.ts';
import { besideState } from '../../src-shared/runs/going-on-text.ts';
import type { RunIndex } from '../../src-shared/runs/run-index.ts';
import { isCut, type TInterval } from '../../src-shared/statistics/interval.ts';
import { factorText } from '../../src-shared/studies/factor-text.ts';
import { dateTime } from './time.ts';

/** A value as the table shows it, by what its column holds. */
export function columnText(column: Column, value: ColumnValue): string {
  if (typeof value !== 'number') return value === '' ? '–' : factorText(value);
  switch (column.kind) {
    case 'share':
      return percent(value, 2);
    case 'count':
      return whole(value);
    case 'bytes':
      return decimalSize(value);
    case 'duration':
      return duration(value);
    case 'date':
      return dateTime(new Date(value).toISOString());
    case 'number':
      // a setting as it was given; what was measured as charts show it
      return column.better === null ? factorText(value) : plain(value);
    case 'text':
    case 'any':
    case 'state':
      return String(value);
  }
}

/**
 * A mean with its interval as the table shows it: `83.07 ± 1.23`, `99.50 (98.20 to 100.00)` where the interval was cut at
 * the end of what is possible, or the mean alone.
 */
export function meanText(column: Column, interval: Pick<TInterval, 'mean' | 'low' | 'high'>): string {
  const { mean, low, high } = interval;
  if (mean === null || low === null || high === null) return columnText(column, mean);
  const bare = (value: number): string => columnText(column, value).replace('\u00a0%', '');
  return isCut(interval)
    ? `${bare(mean)} (${bare(low)} to ${bare(high)})`
    : `${bare(mean)} ± ${bare((high - low) / 2)}`;
}

/** Whether runs of one configuration differ in the column, so that a group has a mean and an interval of it. */
export function isAveraged({ kind, better }: Column): boolean {
  return isNumeric(kind) && better !== null && kind !== 'count';
}

/** Whether the column's values stand at the right. */
export function isRight({ kind }: Column): boolean {
  return isNumeric(kind);
}

/** Pixels of one character of the table's text, of the space beside it and in a chip, and the bounds of a column. */
const CHARACTER = 8.2;
const SPACE = 28;
const CHIP = 16;
const NARROWEST = 68;
const WIDEST = 260;
/** Lines that are looked at; more would take longer than a frame. */
const SAMPLE = 200;

/**
 * CSS pixels that a column takes: enough for its name and for the values of an even sample of the rows.
 * @param heads what it says in the heads of groups
 */
export function columnWidth(
  column: Column,
  index: RunIndex,
  rows: readonly number[],
  heads: readonly string[] = [],
): number {
  const values = index.values(column);
  const stride = Math.max(1, Math.floor(rows.length / SAMPLE));
  let longest = Math.max(column.short.length + 2, ...heads.map(({ length }) => length));
  for (let place = 0; place < rows.length; place += stride) {
    const row = rows[place] ?? 0;
    const run = column.kind === 'state' ? index.rows[row] : undefined;
    const text = columnText(column, values[row] ?? null);
    longest = Math.max(longest, text.length + (run === undefined ? 0 : (besideState(run)?.length ?? 0)));
  }
  const space = SPACE + (column.kind === 'state' ? CHIP : 0);
  return Math.min(WIDEST, Math.max(NARROWEST, Math.round(longest * CHARACTER + space)));
}
