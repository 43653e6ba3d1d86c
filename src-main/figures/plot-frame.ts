import { FAINT_INK, INK, RULE } from './figure-style.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A linear axis with its ticks given one by one. */
export interface Axis {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly text: (tick: number) => string;
}

/** Pixels of a value on each axis of a frame. */
export interface Position {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export function positionIn({ left, top, width, height }: Box, x: Axis, y: Axis): Position {
  return {
    x: (value) => left + (width * (value - x.low)) / (x.high - x.low),
    y: (value) => top + height - (height * (value - y.low)) / (y.high - y.low),
  };
}

/** The option of one pair of axes: faint horizontal rules, dark lines at the left and below. */
export function plotFrame(frame: Box, x: Axis, y: Axis): Readonly<Record<string, unknown>> {
  return {
    grid: { ...frame },
    xAxis: { ...axisOption(x), nameGap: 34, splitLine: { show: false } },
    yAxis: { ...axisOption(y), nameGap: 44 },
  };
}

function axisOption({ name, low, high, ticks, text }: Axis): Readonly<Record<string, unknown>> {
  return {
    type: 'value',
    min: low,
    max: high,
    // Our own ticks are drawn; without it ECharts reckons with ticks of its own, and fails on some short axes.
    interval: high - low,
    name,
    nameLocation: 'middle',
    nameTextStyle: { fontSize: 12, color: INK },
    axisLabel: { customValues: ticks, formatter: text, fontSize: 11, color: INK },
    axisTick: { show: true, customValues: ticks, length: 4, lineStyle: { color: INK } },
    axisLine: { show: true, onZero: false, lineStyle: { color: INK } },
    splitLine: { lineStyle: { color: RULE, width: 0.7 } },
  };
}

/** `1.25 M`, `120 k` or `640`. */
export function countText(count: number): string {
  const rounded = (value: number): string => String(Number(value.toPrecision(3)));
  if (count >= 1e6) return `${rounded(count / 1e6)} M`;
  return count >= 1e3 ? `${rounded(count / 1e3)} k` : rounded(count);
}

const TICK_SETS = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 7], range(10, 99).map((tenth) => tenth / 10)];

/** Round values between two positive ones for a logarithmic axis: the coarsest set with at least three. */
export function logTicks(low: number, high: number): number[] {
  const powers = range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)));
  const sets = TICK_SETS.map((set) =>
    powers
      .flatMap((power) => set.map((factor) => Number((factor * 10 ** power).toPrecision(3))))
      .filter((tick) => tick >= low && tick <= high),
  );
  return sets.find((ticks) => ticks.length >= 3) ?? sets.at(-1) ?? [];
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** A line of words at a place in pixels. */
export function words(text: string, x: number, y: number, style: object = {}): unknown {
  return {
    type: 'text',
    style: { text, x, y, fontSize: 11, fill: FAINT_INK, verticalAlign: 'middle', ...style },
  };
}
