import { assertNever } from '../assert-never.ts';
import type { Column, ColumnKind, Direction } from '../runs/column.ts';

/** What the numbers of a chart are. Charts show a number times `scale`. */
export interface Quantity {
  /** Key of the column, e.g. `testAccuracy`. */
  readonly name: string;
  /** e.g. `test accuracy`. */
  readonly title: string;
  /** For a narrow place. */
  readonly short: string;
  /** For an axis, with the unit: `test accuracy (%)`. */
  readonly axis: string;
  /** 100 for shares, which are shown in percent. */
  readonly scale: number;
  readonly better: Direction | null;
  readonly kind: ColumnKind;
}

/** Of a column of the table of runs, or of anything else that is described like one. */
export function quantityOf({
  key,
  title,
  short,
  kind,
  better,
}: Pick<Column, 'key' | 'title' | 'short' | 'kind' | 'better'>): Quantity {
  const [unit, scale] = unitOf(kind);
  return { name: key, title, short, axis: unit === '' ? title : `${title} (${unit})`, scale, better, kind };
}

function unitOf(kind: ColumnKind): readonly [unit: string, scale: number] {
  switch (kind) {
    case 'share':
      return ['%', 100];
    case 'bytes':
      return ['MB', 1e-6];
    case 'duration':
      return ['s', 1];
    case 'number':
    case 'count':
    case 'date':
    case 'text':
    case 'state':
      return ['', 1];
    default:
      return assertNever(kind);
  }
}

/** A value as it stands in a chart: shares in percent with one decimal, counts with k and M, others in four digits. */
export function quantityText({ kind, scale }: Quantity, value: number): string {
  const shown = value * scale;
  if (kind === 'share') return signed(shown.toFixed(1));
  if (kind === 'count') return signed(countText(shown));
  return signed(Math.abs(shown) < 1000 ? shown.toPrecision(4) : shown.toFixed(0));
}

/** Half the width of an interval: as precise as the mean beside it. */
export function spreadText(quantity: Quantity, halfWidth: number): string {
  if (quantity.kind === 'share') return quantityText(quantity, halfWidth);
  return Number((halfWidth * quantity.scale).toPrecision(2)).toString();
}

/** `1.25 M`, `120 k` or `640`. */
export function countText(count: number): string {
  const rounded = (value: number): string => String(Number(value.toPrecision(3)));
  if (count >= 1e9) return `${rounded(count / 1e9)} G`;
  if (count >= 1e6) return `${rounded(count / 1e6)} M`;
  return count >= 1e3 ? `${rounded(count / 1e3)} k` : rounded(count);
}

/** A minus sign in the place of the hyphen. */
export function signed(text: string): string {
  return text.replace('-', '−');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
