import type { Column, ColumnValue } from '../../../src-shared/runs/column.ts';
import { isNumeric } from '../../../src-shared/runs/column.ts';
import { factorText } from '../../../src-shared/names/factor-text.ts';
import { duration } from '../../format/duration.ts';
import { bytes, percent, whole } from '../../format/numbers.ts';
import { dateTime } from '../../format/time.ts';

/** A value as the table shows it, by what its column holds. */
export function columnText(column: Column, value: ColumnValue): string {
  if (typeof value !== 'number') return value === '' ? '–' : factorText(value);
  switch (column.kind) {
    case 'share':
      return percent(value, 2);
    case 'count':
      return whole(value);
    case 'bytes':
      return bytes(value);
    case 'duration':
      return duration(value);
    case 'date':
      return dateTime(new Date(value).toISOString());
    case 'number':
      return String(Number(value.toPrecision(5)));
    case 'text':
    case 'state':
      return String(value);
  }
}

/** Half the width of an interval, in the unit of the column's values. */
export function halfWidthText(column: Column, low: number, high: number): string {
  const half = (high - low) / 2;
  return column.kind === 'share' ? (100 * half).toFixed(2) : columnText(column, half);
}

/** Whether the column's values stand at the right. */
export function isRight({ kind }: Column): boolean {
  return isNumeric(kind);
}

/** CSS pixels that a column takes. */
export function columnWidth({ key, kind }: Column): number {
  if (key === 'id') return 170;
  if (key === 'note') return 240;
  if (key === 'study') return 190;
  if (kind === 'date') return 150;
  if (kind === 'state') return 108;
  if (kind === 'text') return 130;
  return 118;
}
