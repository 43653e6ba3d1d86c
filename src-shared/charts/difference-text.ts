import { fixed } from '../numbers.ts';
import { type Quantity, quantityText, signed } from './quantity.ts';

/** Differences of shares are in percentage points. */
export function differenceUnit({ title, kind, axis }: Quantity): string {
  return kind === 'share' ? `${title} (percentage points)` : axis;
}

/** With two decimals for shares: the margins that matter are smaller than a point. */
export function differenceText(quantity: Quantity, value: number): string {
  return quantity.kind === 'share' ? signed(fixed(value * quantity.scale, 2)) : quantityText(quantity, value);
}

/** `−0.31 to 0.62`. */
export function boundsText(quantity: Quantity, low: number, high: number): string {
  return `${differenceText(quantity, low)} to ${differenceText(quantity, high)}`;
}
