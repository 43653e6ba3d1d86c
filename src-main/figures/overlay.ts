import type { ECharts } from 'echarts/core';
import { type ChartOption, type ChartStyle, inksOf } from '../../src-shared/charts/chart-style.ts';
import { lineMark, textMark } from '../../src-shared/charts/marks.ts';
import { areOver, isWithin, placeLabels } from '../../src-shared/charts/place-labels.ts';
import type { Box } from '../../src-shared/charts/plot-frame.ts';
import { textWidth } from '../../src-shared/charts/text-width.ts';
import { type SvgText, svgTexts } from './svg-texts.ts';

/** What is drawn over a chart besides its own marks. */
export interface Overlay {
  readonly elements: readonly ChartOption[];
  /** What there is no place for, in sentences. */
  readonly unmet: readonly string[];
}

interface DrawnAxis {
  readonly type?: string;
  readonly show?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly isOfNames?: boolean;
  readonly data?: readonly string[];
  readonly axisLabel?: {
    readonly customValues?: readonly number[];
    readonly formatter?: (value: number) => string;
  };
}

interface Plot {
  readonly box: Box;
  readonly x: DrawnAxis;
  readonly y: DrawnAxis;
  /** Pixels of a value of each axis. */
  readonly pixel: (side: 'x' | 'y', value: number) => number;
}

/**
 * Reference lines and annotations of a style over what has been drawn. Lines cross every plot; their words and annotations stand in
 * the first, where they cover no other words, or are left out and told of.
 */
export function overlayOf(chart: ECharts, option: ChartOption, style: ChartStyle, svg: string): Overlay {
  const { lines = [], annotations = [] } = style;
  if (lines.length + annotations.length === 0) return { elements: [], unmet: [] };
  const plots = plotsOf(chart, option);
  const [first] = plots;
  if (!first) return { elements: [], unmet: ['This chart has no axes for lines and annotations.'] };
  const { ink } = inksOf(style);
  const { fontFamily, lineWidth } = style;
  const small = 0.85 * style.fontSize;
  const dash = { stroke: ink, lineWidth: 0.7 * lineWidth, lineDash: [4 * lineWidth, 2.5 * lineWidth] };
  const look = { fontSize: small, fontFamily, fill: ink, z: 10 };
  const taken: Box[] = svgTexts(svg).map(boxOf);
  const unmet: string[] = [];
  const elements: ChartOption[] = [];
  for (const { axis, at, label } of lines) {
    const value = valueAt(first[axis], at);
    if (value === null) {
      unmet.push(`The ${axis} axis does not show ${at}, where a line should be.`);
      continue;
    }
    for (const plot of plots) elements.push(lineMark(...endsOf(plot, axis, plot.pixel(axis, value)), dash));
    if (label === '') continue;
    const size = { width: textWidth(label, small), height: 1.2 * small };
    const free = placesAt(first, axis, first.pixel(axis, value), size).find(
      (box) => isWithin(box, first.box) && !taken.some((other) => areOver(box, other)),
    );
    if (!free) {
      unmet.push(`There is no room for "${label}".`);
      continue;
    }
    taken.push(free);
    elements.push({ ...textMark(label, [free.left, free.top + 0.5 * free.height], look), z: 10 });
  }
  for (const { x, y, text } of annotations) {
    const [across, up] = [valueAt(first.x, x), valueAt(first.y, y)];
    if (across === null || up === null) {
      unmet.push(`The axes do not show ${x}, ${y}, where "${text}" should be.`);
      continue;
    }
    const anchor = { x: first.pixel('x', across), y: first.pixel('y', up), text };
    const [placed] = placeLabels([anchor], taken, first.box, small);
    if (!placed) {
      unmet.push(`There is no room for "${text}".`);
      continue;
    }
    const width = textWidth(text, small);
    const left = placed.x - (placed.align === 'center' ? width / 2 : placed.align === 'left' ? 0 : width);
    taken.push({ left, top: placed.y - 0.6 * small, width, height: 1.2 * small });
    elements.push({ ...textMark(text, [placed.x, placed.y], { ...look, align: placed.align }), z: 10 });
  }
  return { elements, unmet };
}

/** The plots of an option, without the bars that tell what colours are. */
function plotsOf(chart: ECharts, option: ChartOption): Plot[] {
  const all = (name: string): unknown[] => (option[name] === undefined ? [] : [option[name]].flat());
  const [grids, xs, ys] = [all('grid') as Box[], all('xAxis') as DrawnAxis[], all('yAxis') as DrawnAxis[]];
  return grids.flatMap((box, place): Plot[] => {
    const [x, y] = [xs[place], ys[place]];
    if (!x || !y || x.show === false) return [];
    const pixel = (side: 'x' | 'y', value: number): number =>
      chart.convertToPixel({ [`${side}AxisIndex`]: place }, value);
    return [{ box, x, y, pixel }];
  });
}

/** By what is written at a place of an axis, or a number on one of numbers; null where the axis does not show it. */
function valueAt({ type, min, max, isOfNames, data, axisLabel }: DrawnAxis, place: string): number | null {
  if (type === 'category') {
    const at = data?.indexOf(place) ?? -1;
    return at < 0 ? null : at;
  }
  const { customValues = [], formatter } = axisLabel ?? {};
  const named = formatter && customValues.find((value) => formatter(value) === place);
  if (named !== undefined) return named;
  const value = Number(place);
  if (isOfNames || Number.isNaN(value) || min === undefined || max === undefined) return null;
  return value >= min && value <= max ? value : null;
}

type Point = readonly [x: number, y: number];

function endsOf({ box }: Plot, axis: 'x' | 'y', pixel: number): [Point, Point] {
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  return axis === 'x'
    ? [
        [pixel, box.top],
        [pixel, bottom],
      ]
    : [
        [box.left, pixel],
        [right, pixel],
      ];
}

/** Where words at a line may stand, the best place first. */
function placesAt(
  { box }: Plot,
  axis: 'x' | 'y',
  pixel: number,
  { width, height }: { readonly width: number; readonly height: number },
): Box[] {
  const gap = 0.2 * height;
  const steps = [0, 1, 2, 3, 4];
  if (axis === 'y') {
    const lefts = steps.map(
      (step) => box.left + box.width - width - gap - (step * (box.width - width)) / 4.2,
    );
    return [pixel - height - gap / 2, pixel + gap / 2].flatMap((top) =>
      lefts.map((left) => ({ left, top, width, height })),
    );
  }
  const tops = steps.map((step) => box.top + gap + (step * (box.height - height)) / 4.2);
  return [pixel + gap, pixel - width - gap].flatMap((left) =>
    tops.map((top) => ({ left, top, width, height })),
  );
}

function boxOf({ corners }: SvgText): Box {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}
