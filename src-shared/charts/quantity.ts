import { fixed, plain, roundedTo, shortCount } from '../numbers.ts';
import { assertNever } from '../assert-never.ts';
import type { Column } from '../runs/column.ts';
import { type ValueKind, type Direction, rangeOf } from '../metrics/value-kind.ts';
import { isCut, type Range, type TInterval } from '../statistics/interval.ts';

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
  /** Of what is shown; empty for none. */
  readonly unit: string;
  /** 100 for shares, which are shown in percent. */
  readonly scale: number;
  readonly better: Direction | null;
  readonly kind: ValueKind;
  /** Of a number that is neither a share nor a count; four without. */
  readonly digits?: number;
  /** What the numbers can be, not scaled. */
  readonly range: Range;
}

/** Of a column of the table of runs, or of anything else that is described like one. */
export function quantityOf({
  key,
  title,
  short,
  kind,
  better,
  range,
}: Pick<Column, 'key' | 'title' | 'short' | 'kind' | 'better' | 'range'>): Quantity {
  const [unit, scale] = unitOf(kind);
  const axis = unit === '' ? title : `${title} (${unit})`;
  return {
    name: key,
    title,
    short,
    axis,
    unit,
    scale,
    better,
    kind,
    range: rangeOf({ kind, ...(range && { range }) }),
  };
}

/** What every axis that shows it says of itself. */
export function axisOfQuantity(quantity: Quantity): { readonly name: string; readonly isWhole: boolean } {
  return { name: quantity.axis, isWhole: isWhole(quantity) };
}

/** Whether an axis of it has whole ticks only. */
export function isWhole({ kind }: Pick<Quantity, 'kind'>): boolean {
  return kind === 'count';
}

function unitOf(kind: ValueKind): readonly [unit: string, scale: number] {
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
    case 'any':
    case 'state':
      return ['', 1];
    default:
      return assertNever(kind);
  }
}

/** A value as it stands in a chart: shares in percent with one decimal, counts with k and M, others in so many digits as it says. */
export function quantityText({ kind, scale, digits }: Quantity, value: number): string {
  const shown = value * scale;
  if (kind === 'share') return signed(fixed(shown, 1));
  if (kind === 'count') return signed(shortCount(shown));
  return signed(plain(shown, digits));
}

/** For a sentence: `74.5 %`, `12.00 s`. */
export function textWithUnit(quantity: Quantity, value: number): string {
  return withUnit(quantity, quantityText(quantity, value));
}

/** What was made of a value, with the unit behind it. */
export function withUnit({ unit }: Quantity, text: string): string {
  return unit === '' ? text : `${text}\u00a0${unit}`;
}

/** An interval of a mean. */
export type Spread = Pick<TInterval, 'mean' | 'low' | 'high'>;

/**
 * How far an interval reaches, as precise as the mean beside it: `± 1.3`, or `98.2 to 100.0` where it was cut at the end of
 * what is possible; empty without one.
 */
export function spreadText(quantity: Quantity, spread: Spread): string {
  const { low, high } = spread;
  if (low === null || high === null) return '';
  if (isCut(spread)) return `${quantityText(quantity, low)} to ${quantityText(quantity, high)}`;
  const half = (high - low) / 2;
  return `± ${quantity.kind === 'share' ? quantityText(quantity, half) : roundedTo(half * quantity.scale, 2)}`;
}

/** `71.0 ± 1.3`, `99.5 (98.2 to 100.0)`, or the mean alone. */
export function intervalText(quantity: Quantity, spread: Spread): string {
  const centre = quantityText(quantity, spread.mean ?? NaN);
  const reach = spreadText(quantity, spread);
  if (reach === '') return centre;
  return isCut(spread) ? `${centre} (${reach})` : `${centre} ${reach}`;
}

/** What is to be said where some of these intervals were cut: one note, or none. */
export function cutNotes({ scale, range, kind }: Quantity, spreads: readonly Spread[]): string[] {
  if (!spreads.some(isCut)) return [];
  const ends = range.filter(Number.isFinite).map((end) => signed(String(end * scale)));
  return [
    `intervals are cut at ${ends.join(' and ')}${kind === 'share' ? '\u00a0%' : ''}, the range of possible values`,
  ];
}

/** A minus sign in the place of the hyphen. */
export function signed(text: string): string {
  return text.replace('-', '−');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A note, which stands among others in a drawing, as a sentence of its own. */
export function noteSentence(note: string): string {
  return `${capital(note)}.`;
}
