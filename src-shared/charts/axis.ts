import { extent } from 'd3-array';
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import { shortCount } from '../numbers.ts';
import { type AxisGroup, groupTicks } from './axis-groups.ts';
import { axisTitle, type ChartStyle, nameIn } from './chart-style.ts';
import { signed } from './quantity.ts';
import { textWidth } from './text-width.ts';
import { limitNote } from './unmet-choices.ts';
import { logTicks, niceRange, niceStep, steppedTicks, stepText, unitText } from './ticks.ts';

/** What an axis shows; values are in the units in which they are shown. */
export type AxisSpecification = { readonly name: string; readonly isReversed?: boolean | undefined } & (
  | {
      readonly kind: 'linear';
      /** All that must lie on the axis. */
      readonly values: readonly number[];
      /** The axis spans at least this much, so that a trifle does not look like an effect. */
      readonly leastSpan?: number;
      /** Whether the ends are round, or the data's own with a margin. */
      readonly ends: 'round' | 'margin' | 'tight';
      /** Whether it is of things that have no parts, such as epochs: then no tick stands between two of them. */
      readonly isWhole?: boolean;
      readonly text?: (value: number) => string;
    }
  | {
      readonly kind: 'log';
      /** All above 0. */
      readonly values: readonly number[];
      /** Whether the ends are the data's own; else they have a margin. */
      readonly ends?: 'tight';
      /** As of a linear axis, but that below one there is no other tick. */
      readonly isWhole?: boolean;
    }
  | { readonly kind: 'category'; readonly labels: readonly string[] }
  /** A linear axis on which only these places have a label, or the groups that they form. */
  | {
      readonly kind: 'places';
      readonly places: readonly { readonly at: number; readonly label: string }[];
      readonly groups?: readonly AxisGroup[];
      /** By which distances of the values they stand, where that was chosen, or why they do not. */
      readonly scale?: 'linear' | 'log';
      readonly whyUnscaled?: string;
    }
);

/** The axis as the style has it chosen: its names, its scale and what it shows. A logarithmic one says so. */
export function chosenAxis(
  specification: AxisSpecification,
  style: ChartStyle,
  side: 'x' | 'y',
): AxisSpecification {
  const { title, scale, isReversed = false } = style[`${side}Axis`] ?? {};
  const name = axisTitle(style, side, specification.name);
  const named = { ...withNames(specification, style), isReversed };
  if (named.kind === 'category') return { ...named, name };
  const isLog = named.kind === 'places' && named.scale === 'log' && title === undefined;
  if (named.kind === 'places') return { ...named, name: isLog ? `${name}, logarithmic` : name };
  const shown = withRange(withScale(named, scale), style, side);
  return { ...shown, name: shown.kind === 'log' && title === undefined ? `${name}, logarithmic` : name };
}

function withNames(specification: AxisSpecification, style: ChartStyle): AxisSpecification {
  if (specification.kind === 'category')
    return { ...specification, labels: specification.labels.map((label) => nameIn(style, label)) };
  if (specification.kind !== 'places') return specification;
  const places = specification.places.map(({ at, label }) => ({ at, label: nameIn(style, label) }));
  const groups = specification.groups?.map((group) => ({ ...group, label: nameIn(style, group.label) }));
  return { ...specification, places, ...(groups && { groups }) };
}

type NumberAxis = Extract<AxisSpecification, { kind: 'linear' | 'log' }>;

/** Logarithmic only where all its values can be. */
function withScale(axis: NumberAxis, scale: 'linear' | 'log' | undefined): NumberAxis {
  if (scale === undefined || scale === axis.kind) return axis;
  const { name, values, isReversed, isWhole = false } = axis;
  const same = { name, values, isReversed, isWhole };
  if (scale === 'linear') return { kind: 'linear', ...same, ends: 'margin' };
  return values.every((value) => value > 0) ? { kind: 'log', ...same } : axis;
}

/** Exactly the limits, or at least a range with what lies beside the data: exactly the range where all is within. */
function withRange(axis: NumberAxis, style: ChartStyle, side: 'x' | 'y'): NumberAxis {
  const { limits, beside = [] } = style[`${side}Axis`] ?? {};
  if (limits && (axis.kind === 'linear' || limits[0] > 0)) return exactly(axis, limits);
  const range = style[`${side}Range`] ?? [];
  const values = [...axis.values, ...beside, ...range];
  if (axis.kind === 'log') return { ...axis, values: values.filter((value) => value > 0) };
  const [low, high] = extent(values);
  const isWithin = range.length > 0 && low === range[0] && high === range[1];
  return isWithin ? exactly(axis, range) : { ...axis, values };
}

/** What has to be said where data lie beyond the limits of an axis. */
export function cutNotes(axes: Readonly<Record<'x' | 'y', AxisSpecification>>, style: ChartStyle): string[] {
  return (['x', 'y'] as const).flatMap((side) => {
    const { limits } = style[`${side}Axis`] ?? {};
    const axis = axes[side];
    if (!limits || !('values' in axis)) return [];
    const isCut = axis.values.some((value) => value < limits[0] || value > limits[1]);
    return isCut ? [limitNote(side, limits)] : [];
  });
}

function exactly(axis: NumberAxis, values: readonly number[]): NumberAxis {
  if (axis.kind === 'log') return { ...axis, values, ends: 'tight' };
  const [low = 0, high = 0] = extent(values);
  // what was chosen stays, even a part of an epoch
  const isWhole = axis.isWhole === true && wholeBetween(low, high) > 1;
  return { ...axis, values, leastSpan: 0, isWhole, ends: 'tight' };
}

/** How many whole numbers lie between two numbers. */
function wholeBetween(low: number, high: number): number {
  return Math.floor(high) - Math.ceil(low) + 1;
}

export interface Axis {
  readonly type: 'value' | 'log' | 'category';
  readonly name: string;
  /** Whether values fall from left to right, or from below upwards. */
  readonly isReversed: boolean;
  /** Whether its values stand for names. */
  readonly isOfNames?: true;
  /** Of names at the distances of their values, as it was chosen. */
  readonly isScaled?: true;
  readonly whyUnscaled?: string | undefined;
  readonly low: number;
  readonly high: number;
  /** Values with a tick, and their words. */
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
  /** Whether it is of things that have no parts. */
  readonly isWhole?: boolean;
  /** Of other values than the ticks; absent where they are plain numbers. */
  readonly text?: ((value: number) => string) | undefined;
}

/** Range and ticks of an axis of this length along which labels lie side by side or stand one above the other. */
export function resolveAxis(
  specification: AxisSpecification,
  length: number,
  fontSize: number,
  direction: 'level' | 'upright',
): Axis {
  const { name, isReversed = false } = specification;
  switch (specification.kind) {
    case 'category': {
      const { labels } = specification;
      return {
        type: 'category',
        ...{ name, isReversed },
        low: -0.5,
        high: labels.length - 0.5,
        ticks: [...labels.keys()],
        labels,
      };
    }
    case 'places': {
      const { places, groups = [], scale, whyUnscaled } = specification;
      const [least = 0, most = 1] = extent(places, ({ at }) => at);
      const margin = groups.length > 0 ? 0.75 : 0.08 * (most - least) || 0.5;
      const [low, high] = [least - margin, most + margin];
      const named = groups.length > 0 ? groupTicks(groups, length / (high - low), fontSize) : places;
      const ticks = named.map(({ at }) => at);
      const labels = named.map(({ label }) => label);
      return {
        ...{ type: 'value', name, isReversed, isOfNames: true, low, high, ticks, labels, whyUnscaled },
        ...(scale !== undefined && { isScaled: true }),
      };
    }
    case 'log': {
      const [least = 0, most = 1] = extent(specification.values, Math.log10);
      const margin = specification.ends === 'tight' ? 0 : Math.max(0.06 * (most - least), 0.04);
      const [low, high] = [10 ** (least - margin), 10 ** (most + margin)];
      const { isWhole = false } = specification;
      const ticks = apart(logTicks(low, high, isWhole), scaleLog([low, high], [0, length]), fontSize);
      const labels = ticks.map(shortCount);
      return { type: 'log', name, isReversed, low, high, ticks, labels, isWhole };
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
  const { leastSpan = 0, ends, name, isReversed = false, isWhole = false } = specification;
  const values = isWhole ? withWholes(specification.values) : specification.values;
  const [least = 0, most = 1] = extent(values);
  const span = Math.max(most - least, leastSpan) || Math.abs(most) || 1;
  const wide = specification.text ? textWidth(specification.text(most), fontSize) + fontSize : 0;
  const room = direction === 'upright' ? 2.4 * fontSize : Math.max(4.2 * fontSize, wide);
  const parts = Math.max(2, Math.min(6, length / room));
  // a single place stands in the middle
  const isPlace = ends === 'tight' && most === least;
  const margin = isPlace ? span / 2 : ends === 'margin' ? 0.04 * span : 0;
  // a tick alone is no scale
  const isScale = (step: number): boolean =>
    isPlace || ends === 'round' || steppedTicks(least - margin, most + margin, step).length > 1;
  const steps = [1, 2, 4].map((times) => niceStep(span, times * parts, isWhole));
  const step = steps.find(isScale) ?? niceStep(span, parts, isWhole);
  const [roundLow, roundHigh] = niceRange(least, most, step);
  const low = ends === 'round' ? roundLow : least - margin;
  const reached = ends === 'round' ? roundHigh : Math.max(most, least + leastSpan) + margin;
  const high = reached > low ? reached : low + step;
  const text = specification.text ?? tickText(step, Math.max(Math.abs(low), Math.abs(high)));
  const ticks = steppedTicks(low, high, step);
  // an axis of a few letters has room for the first and the last only
  const widest =
    direction === 'level' ? Math.max(...ticks.map((tick) => textWidth(text(tick), fontSize))) : 0;
  const every = Math.ceil((widest * (ticks.length - 1)) / length) || 1;
  const shown = ticks.filter((_, place) => place % every === 0);
  return {
    ...{ type: 'value', name, isReversed, low, high, ticks: shown, labels: shown.map(text) },
    ...{ isWhole, text: specification.text },
  };
}

/** Values of whole things with whole ends, where else hardly a tick would lie between them: the first part of an epoch. */
function withWholes(values: readonly number[]): readonly number[] {
  const [low = 0, high = 0] = extent(values);
  return low === high || wholeBetween(low, high) > 1 ? values : [Math.floor(low), Math.ceil(high)];
}

function tickText(step: number, most: number): (value: number) => string {
  if (most < 1e4) return stepText(step);
  const text = unitText(step, most);
  return (value) => signed(text(value));
}

/** Where the values of an axis lie between two places, e.g. pixels. */
export function axisScale(
  { type, low, high, isReversed }: Axis,
  from: number,
  to: number,
): ScaleContinuousNumeric<number, number> {
  return (type === 'log' ? scaleLog : scaleLinear)([low, high], isReversed ? [to, from] : [from, to]);
}

/** Those of the ticks, from the left, that have room for their labels. */
function apart(ticks: readonly number[], place: (tick: number) => number, fontSize: number): number[] {
  const kept: number[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    const needed =
      (textWidth(shortCount(tick), fontSize) + textWidth(shortCount(last ?? tick), fontSize)) / 2;
    if (last === undefined || place(tick) - place(last) >= needed + 0.6 * fontSize) kept.push(tick);
  }
  return kept;
}
