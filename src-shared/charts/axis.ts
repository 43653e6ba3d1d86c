import { signed } from './quantity.ts';
import { shortCount } from '../numbers.ts';
import { textWidth } from './text-width.ts';
import { logTicks, niceRange, niceStep, stepDigits, steppedTicks } from './ticks.ts';

/** What an axis shows; values are in the units in which they are shown. */
export type AxisSpecification = { readonly name: string } & (
  | {
      readonly kind: 'linear';
      /** All that must lie on the axis. */
      readonly values: readonly number[];
      /** The axis spans at least this much, so that a trifle does not look like an effect. */
      readonly leastSpan?: number;
      /** Whether the ends are round, or the data's own with a margin. */
      readonly ends: 'round' | 'margin' | 'tight';
      readonly text?: (value: number) => string;
    }
  | {
      readonly kind: 'log';
      /** All above 0. */
      readonly values: readonly number[];
    }
  | { readonly kind: 'category'; readonly labels: readonly string[] }
  /** A linear axis on which only these places have a label. */
  | { readonly kind: 'places'; readonly places: readonly { readonly at: number; readonly label: string }[] }
);

export interface Axis {
  readonly type: 'value' | 'log' | 'category';
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Values with a tick, and their words. */
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
}

/** Range and ticks of an axis of this length along which labels lie side by side or stand one above the other. */
export function resolveAxis(
  specification: AxisSpecification,
  length: number,
  fontSize: number,
  direction: 'level' | 'upright',
): Axis {
  const { name } = specification;
  switch (specification.kind) {
    case 'category': {
      const { labels } = specification;
      return {
        type: 'category',
        name,
        low: -0.5,
        high: labels.length - 0.5,
        ticks: [...labels.keys()],
        labels,
      };
    }
    case 'places': {
      const { places } = specification;
      const ticks = places.map(({ at }) => at);
      const [least, most] = extent(ticks, 0, 1);
      const margin = 0.08 * (most - least) || 0.5;
      const labels = places.map(({ label }) => label);
      return { type: 'value', name, low: least - margin, high: most + margin, ticks, labels };
    }
    case 'log': {
      const [least, most] = extent(specification.values, 1, 10).map(Math.log10) as [number, number];
      const margin = Math.max(0.06 * (most - least), 0.04);
      const [low, high] = [10 ** (least - margin), 10 ** (most + margin)];
      const ticks = apart(
        logTicks(low, high),
        (tick) => Math.log10(tick),
        length / Math.log10(high / low),
        fontSize,
      );
      return { type: 'log', name, low, high, ticks, labels: ticks.map(shortCount) };
    }
    case 'linear':
      return linearAxis(specification, length, fontSize, direction);
  }
}

function linearAxis(
  specification: Extract<AxisSpecification, { kind: 'linear' }>,
  length: number,
  fontSize: number,
  direction: 'level' | 'upright',
): Axis {
  const { values, leastSpan = 0, ends, name } = specification;
  const [least, most] = extent(values, 0, 1);
  const span = Math.max(most - least, leastSpan) || Math.abs(most) || 1;
  const wide = specification.text ? textWidth(specification.text(most), fontSize) + fontSize : 0;
  const room = direction === 'upright' ? 2.4 * fontSize : Math.max(4.2 * fontSize, wide);
  const step = niceStep(span, Math.max(2, Math.min(6, length / room)));
  const margin = ends === 'margin' ? 0.04 * span : 0;
  const [roundLow, roundHigh] = niceRange(least, most, step);
  const low = ends === 'round' ? roundLow : least - margin;
  const high =
    ends === 'round' ? Math.max(roundHigh, roundLow + step) : Math.max(most, least + leastSpan) + margin;
  const digits = stepDigits(step);
  const large = Math.max(Math.abs(low), Math.abs(high)) >= 1e4;
  const text =
    specification.text ?? ((value: number) => signed(large ? shortCount(value) : value.toFixed(digits)));
  const ticks = steppedTicks(low, high, step);
  return { type: 'value', name, low, high: high > low ? high : low + step, ticks, labels: ticks.map(text) };
}

function extent(values: readonly number[], low: number, high: number): readonly [number, number] {
  if (values.length === 0) return [low, high];
  // Not Math.min(...values): curves have more values than a call may have arguments.
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
}

/** Those of the ticks, from the left, that have room for their labels. */
function apart(
  ticks: readonly number[],
  place: (tick: number) => number,
  unit: number,
  fontSize: number,
): number[] {
  const kept: number[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    const needed =
      (textWidth(shortCount(tick), fontSize) + textWidth(shortCount(last ?? tick), fontSize)) / 2;
    if (last === undefined || (place(tick) - place(last)) * unit >= needed + 0.6 * fontSize) kept.push(tick);
  }
  return kept;
}
