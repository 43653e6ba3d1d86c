import { extent } from 'd3-array';
import { signedDifference } from '../numbers.ts';
import type { ColourScale } from './colour-bar.ts';
import { AROUND_ZERO } from './palette.ts';
import { isWhole, type Quantity } from './quantity.ts';
import { niceRange, niceStep, steppedTicks, stepText, unitText } from './ticks.ts';

/**
 * What the colours of a map stand for, in the units that are shown.
 * @param ends what they run from and to; the range of the values, widened to whole steps, if left out
 */
export function colourScale(
  quantity: Quantity,
  values: readonly number[],
  ends?: readonly [low: number, high: number],
): ColourScale {
  const { scale } = quantity;
  if (ends)
    return scaleOf(
      quantity,
      ends[0] * scale,
      ends[1] * scale,
      stepOf(quantity, (ends[1] - ends[0]) * scale, 5),
    );
  const [least = 0, most = 1] = extent(values, (value) => value * scale);
  const narrowest = quantity.kind === 'share' ? 0.5 : Math.abs(most) / 100 || 1e-6;
  const step = stepOf(quantity, Math.max(most - least, narrowest), 5);
  const [low, high] = niceRange(least, most, step);
  return scaleOf(quantity, low, high > low ? high : low + step, step);
}

/** The same of differences: zero in the middle, in colours that tell what is above it from what is below. */
export function differenceColourScale(quantity: Quantity, differences: readonly number[]): ColourScale {
  const largest = Math.max(...differences.map((value) => Math.abs(value * quantity.scale)), 0) || 1;
  const step = stepOf(quantity, largest, 2);
  const [low, high] = niceRange(-largest, largest, step);
  const { text, ...scale } = scaleOf(quantity, low, high, step);
  return { ...scale, stops: AROUND_ZERO, text: (value) => signedDifference(value, text) || '0' };
}

function stepOf(quantity: Quantity, span: number, parts: number): number {
  return niceStep(span, parts, isWhole(quantity));
}

function scaleOf({ axis, title, kind }: Quantity, low: number, high: number, step: number): ColourScale {
  return {
    ...{ titles: [axis, title], low, high, ticks: steppedTicks(low, high, step) },
    text:
      kind === 'count' && step >= 1000
        ? unitText(step, Math.max(Math.abs(low), Math.abs(high)))
        : stepText(step),
  };
}
