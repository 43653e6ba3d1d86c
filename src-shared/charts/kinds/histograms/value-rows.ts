import type { LayerHistogram } from '../../../metrics/layer-histograms.ts';
import { quantileOf, sizeQuantile } from '../../../statistics/value-histogram.ts';
import { powerOfTen, roundedTo } from '../../../numbers.ts';
import { signed } from '../../quantity.ts';
import { niceStep, stepText } from '../../ticks.ts';

/** A stretch of values, from its lower to its upper end. */
export interface ValueRow {
  readonly low: number;
  readonly high: number;
  readonly label: string;
  /** From which power of ten on it is; absent where rows have equal widths. */
  readonly decade?: string;
}

/** About so many rows can be told apart. */
const ROWS = 50;
/** What a linear axis leaves out on each side: the rest would be a thin line in it. */
const TAIL = 0.001;

/** Rows of equal width that hold all but a thousandth of the values on either side, at every step. */
export function linearRows(histograms: readonly LayerHistogram[]): ValueRow[] {
  const ends = (share: number): number[] => histograms.flatMap((each) => quantileOf(each, share) ?? []);
  const [low, high] = [Math.min(...ends(TAIL)), Math.max(...ends(1 - TAIL))];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [];
  const step = niceStep(high > low ? high - low : Math.abs(high) || 1, ROWS);
  const text = stepText(step);
  const [first, last] = [Math.floor(low / step + 0.5), Math.ceil(high / step - 0.5)];
  return Array.from({ length: last - first + 1 }, (_, place) => {
    const middle = (first + place) * step;
    return { low: middle - step / 2, high: middle + step / 2, label: text(middle) };
  });
}

/** What is smaller than all but this share need not be told apart. */
const SMALL = 0.01;
/** Orders of magnitude that are told apart at most: float32 has 83. */
const MOST_DECADES = 10;

/**
 * Rows whose width goes with the values, on both sides of zero, from the largest value down to where hardly any are left; what is smaller
 * still shares one row about zero.
 */
export function logRows(histograms: readonly LayerHistogram[]): ValueRow[] {
  const filled = histograms.filter(({ bins }) => bins.length > 0);
  const largest = Math.max(...filled.map(({ min, max }) => Math.max(-(min ?? 0), max ?? 0)));
  if (!(largest > 0)) return [];
  const top = Math.floor(Math.log10(largest)) + 1;
  const least = Math.min(...filled.flatMap((each) => sizeQuantile(each, SMALL) || []));
  const bottom = Math.max(top - MOST_DECADES, Math.min(top - 1, Math.floor(Math.log10(least))));
  const parts = Math.max(1, Math.min(5, Math.floor(ROWS / 2 / (top - bottom))));
  const decades = Array.from({ length: top - bottom }, (_, place) => bottom + place);
  const positive = decades.flatMap((decade): ValueRow[] =>
    Array.from({ length: parts }, (_, part) => {
      const [low, high] = [10 ** (decade + part / parts), 10 ** (decade + (part + 1) / parts)];
      return { low, high, label: short(low), decade: `≥ ${short(10 ** decade)}` };
    }),
  );
  const negative = positive.toReversed().map(({ low, high, decade = '' }): ValueRow => ({
    ...{ low: -high, high: -low, label: `−${short(low)}` },
    decade: decade.replace('≥ ', '≤ −'),
  }));
  const hasNegative = filled.some(({ bins }) => (bins[0] ?? 0) < 0);
  const inner = 10 ** bottom;
  const middle = `${hasNegative ? '±' : '<'} ${short(inner)}`;
  return [
    ...(hasNegative ? negative : []),
    { low: hasNegative ? -inner : 0, high: inner, label: middle, decade: middle },
    ...positive,
  ];
}

function short(value: number): string {
  const rounded = roundedTo(value, 2);
  return signed(value >= 1e-3 && value < 1e4 ? String(rounded) : powerOfTen(rounded));
}
