import { niceRange, niceStep } from './figure-style.ts';
import type { Axis } from './plot-frame.ts';
import type { StudyCell } from './study-summary.ts';

/** Percentage points; a single run must not look as if a thousandth of it mattered. */
const LEAST_SPAN = 2;

/** An axis in percent that holds every run and every interval. */
export function accuracyAxis(cells: readonly StudyCell[], metric: string): Axis {
  const all = cells
    .flatMap(({ mean, low, high, values }) => [mean, low, high, ...values])
    .flatMap((value) => (value === null ? [] : [100 * value]));
  const [least, most] = all.length === 0 ? [0, 100] : [Math.min(...all), Math.max(...all)];
  const step = niceStep(Math.max(most - least, LEAST_SPAN), 6);
  const [low, widened] = niceRange(least, most, step);
  const high = widened > low ? widened : low + step;
  const count = Math.round((high - low) / step);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    name: `${metric} (%)`,
    low,
    high,
    ticks: Array.from({ length: count + 1 }, (_, index) => low + index * step),
    text: (tick) => tick.toFixed(digits),
  };
}

/** What the marks are, with n: e.g. `mean and 95 % t interval, n = 3 runs per cell`. */
export function marksText(cells: readonly StudyCell[]): string {
  const counts = cells.map(({ n }) => n).filter((n) => n > 0);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (counts.length === 0) return 'no finished runs yet';
  if (most === 1) return 'n = 1 run per cell: no interval';
  return `mean and 95 % t interval, n = ${least === most ? most : `${least} to ${most}`} runs per cell`;
}
