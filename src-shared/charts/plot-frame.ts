import { type Axis, axisScale, type AxisSpecification, chosenAxis, cutNotes, resolveAxis } from './axis.ts';
import {
  type AxisRanges,
  type ChartOption,
  type ChartStyle,
  inksOf,
  type Insets,
  type LegendEntry,
  NO_INSETS,
} from './chart-style.ts';
import type { DrawnWords } from './drawn-axis.ts';
import { heading } from './heading.ts';
import { textMark } from './marks.ts';
import { fittingText, fittingTexts, textWidth, wrapText } from './text-width.ts';
import { thinLabels } from './thin-labels.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface FrameContent {
  readonly x: AxisSpecification;
  readonly y: AxisSpecification;
  readonly notes: readonly string[];
  readonly legend: readonly LegendEntry[];
  /** Kept free at the right of the plot, e.g. for a colour bar. */
  readonly right?: number;
  /** Which rules lie behind the data. */
  readonly rules: 'x' | 'y' | 'none';
  /** Whether the user can zoom along the level axis: then ECharts chooses its ticks. */
  readonly zoom?: boolean;
}

export interface Frame {
  readonly box: Box;
  readonly x: Axis;
  readonly y: Axis;
  /** Grid, axes and heading. */
  readonly option: ChartOption;
}

/** Of the chart's height, what tilted labels may take, and of its width those of the upright axis. */
const MOST_TILTED = 0.35;
const MOST_UPRIGHT = 0.35;
/** From one line of the upright axis's name to the next, in em. */
const UPRIGHT_LINE = 1.2;
/** Of the length of tilted words, how far they reach to the left and down. */
const TILT = Math.SQRT1_2;

/**
 * Where the plot of a chart with two axes lies, and the axes: room for every label is reckoned from the words
 * themselves, so that nothing is cut and nothing overlaps, whatever the width.
 */
export function plotFrame(whole: ChartStyle, content: FrameContent): Frame {
  const { inner: style, ...head } = heading(
    whole,
    [...content.notes, ...cutNotes(content, whole)],
    content.legend,
  );
  const { fontSize, width, height } = style;
  const insets = insetsWithin(whole, style);
  const top = Math.max(insets.top, head.height);
  const named = (name: string): number => (name === '' ? 0 : 1.45 * fontSize);
  const level = chosenAxis(content.x, style, 'x');
  const levelLabels = level.kind === 'category' ? level.labels : [];
  const isBare = { x: style.xAxis?.isBare === true, y: style.yAxis?.isBare === true };
  const below = (labels: number): number =>
    Math.max(insets.bottom, (isBare.x ? 0 : labels + named(level.name)) + 0.8 * fontSize);
  const y = withFittingLabels(
    resolveAxis(chosenAxis(content.y, style, 'y'), height - top - below(fontSize), fontSize, 'upright'),
    () => MOST_UPRIGHT * width,
    fontSize,
  );
  const upright = isBare.y ? [] : uprightLines(y.name, style, head.height);
  const begin = upright.length === 0 ? 0 : (0.25 + UPRIGHT_LINE * upright.length) * fontSize;
  const beside = isBare.y ? 0 : begin + widest(y.labels, fontSize);
  const left = Math.max(insets.left, beside + 1.1 * fontSize);
  const lastLabel = level.kind === 'category' ? 0 : 1.4 * fontSize;
  const right = Math.max(content.right ?? 0, lastLabel, 0.6 * fontSize, insets.right);
  const plotWidth = Math.max(1, width - left - right);
  const x = resolveAxis(level, plotWidth, fontSize, 'level');
  const tilted = crowded(x, plotWidth, fontSize);
  const most = (MOST_TILTED * height) / 0.71 - fontSize;
  const tiltedHeight =
    0.71 * (Math.min(most, widest(levelLabels.length > 0 ? levelLabels : x.labels, fontSize)) + fontSize);
  const bottom = below(tilted ? tiltedHeight : fontSize);
  const box = {
    left,
    top,
    width: plotWidth,
    height: Math.max(1, height - top - bottom),
  };
  // words that are tilted end at their place, and begin right of the name of the upright axis
  const at = axisScale(x, left, left + plotWidth);
  const roomAt = (place: number): number => Math.min(most, (at(place) - begin) / TILT - 0.6 * fontSize);
  const shownX = tilted
    ? thinned(
        withFittingLabels(x, (place) => roomAt(x.ticks[place] ?? 0), fontSize),
        plotWidth,
        fontSize,
      )
    : x;
  const zoom = content.zoom === true;
  return {
    box,
    x,
    y,
    option: {
      grid: { ...box, containLabel: false, outerBoundsMode: 'none' },
      graphic: {
        elements: [
          ...head.elements,
          ...uprightName(upright, box, style, head.height),
          ...(isBare.x ? [] : [levelName([x.name], box, style)]),
        ],
      },
      xAxis: {
        ...axisOption(shownX, style, zoom),
        drawn: drawnWords(x),
        axisLabel: {
          ...{ ...labelOption(shownX, style, zoom), show: !isBare.x },
          rotate: tilted ? 45 : 0,
        },
        splitLine: ruleOption(content.rules === 'x', style),
      },
      yAxis: {
        ...axisOption(y, style, false),
        drawn: drawnWords(y),
        axisLabel: { ...labelOption(y, style, false), show: !isBare.y },
        splitLine: ruleOption(content.rules === 'y', style),
      },
    },
  };
}

/** What is kept free around the plot, beside what the legend has taken. */
function insetsWithin(whole: ChartStyle, { width, height }: ChartStyle): Insets {
  const { left, top, right, bottom } = whole.insets ?? NO_INSETS;
  return { left, top, right: right - (whole.width - width), bottom: bottom - (whole.height - height) };
}

/** What an axis is called and, where it is one of names, which ones it has: panels with the same may share it. */
function drawnWords({ name, type, isOfNames, isScaled, whyUnscaled, labels }: Axis): DrawnWords {
  return {
    ...{ title: name, names: type === 'category' || isOfNames ? labels : null },
    ...(isScaled && { isScaled }),
    ...(whyUnscaled !== undefined && { whyUnscaled }),
  };
}

/** What the upright axis, or both, show. */
export function rangesOf({ x, y }: Frame, axes: 'y' | 'both'): AxisRanges {
  const yRange = [y.low, y.high] as const;
  return axes === 'y' ? { yRange } : { xRange: [x.low, x.high], yRange };
}

/** Pixels of a value on each axis of a frame. */
export interface Position {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export function positionIn({ box, x, y }: Frame): Position {
  return {
    x: axisScale(x, box.left, box.left + box.width),
    y: axisScale(y, box.top + box.height, box.top),
  };
}

/** The name of the upright axis in one line, or in two where the figure is too low for that. */
function uprightLines(name: string, { fontSize, height }: ChartStyle, top: number): string[] {
  const [first, ...others] = wrapText(name, fontSize, height - top);
  return [first ?? '', others.join(' ')].filter((line) => line !== '');
}

/**
 * The name of the upright axis, in the middle of the plot or, where it is longer than that, below the heading, cut where it is longer than
 * the figure. ECharts would let it run into the words above.
 */
export function uprightName(
  lines: readonly string[],
  box: Box,
  style: ChartStyle,
  top: number,
): ChartOption[] {
  const { fontSize, fontFamily, height } = style;
  return lines.map((line, place) => {
    const text = fittingText([line], fontSize, height - top);
    const half = textWidth(text, fontSize) / 2;
    const y = Math.min(Math.max(box.top + box.height / 2, top + half), height - half);
    const look = { align: 'center', fontSize, fontFamily, fill: inksOf(style).ink };
    const x = (0.6 + UPRIGHT_LINE * place) * fontSize;
    return { ...textMark(text, [0, 0], look), x, y, rotation: Math.PI / 2 };
  });
}

/**
 * The name of the level axis at the foot of the figure: the first of these that fits, in the middle of the plot or, where it is longer
 * than that, where it stays within the figure.
 */
export function levelName(names: readonly string[], box: Box, style: ChartStyle): ChartOption {
  const { fontSize, fontFamily, width, height } = style;
  const text = fittingText(names, fontSize, width - fontSize);
  const half = textWidth(text, fontSize) / 2;
  const x = Math.min(
    Math.max(box.left + box.width / 2, half + 0.3 * fontSize),
    width - half - 0.3 * fontSize,
  );
  const look = { align: 'center', fontSize, fontFamily, fill: inksOf(style).ink };
  return textMark(text, [x, height - 0.8 * fontSize], look);
}

export function axisOption(axis: Axis, style: ChartStyle, zoom: boolean): ChartOption {
  const { ink } = inksOf(style);
  const lineStyle = { color: ink, width: style.lineWidth / 2 };
  const category = axis.type === 'category';
  const ticks = category || zoom ? {} : { customValues: axis.ticks };
  const range = category ? { data: axis.labels } : { min: axis.low, max: axis.high };
  // Our own ticks are drawn; without it ECharts reckons with ticks of its own, and fails on some short axes.
  const interval = axis.type === 'value' && !zoom ? { interval: axis.high - axis.low } : {};
  return {
    ...{ type: axis.type, inverse: axis.isReversed },
    // for those who draw it with another program
    ...(axis.isOfNames && { isOfNames: true }),
    ...(axis.isWhole && { isWhole: true }),
    ...range,
    ...interval,
    ...(zoom && axis.isWhole && { minInterval: 1 }),
    axisTick: { show: !category, ...ticks, length: 0.35 * style.fontSize, lineStyle },
    axisLine: { show: true, onZero: false, lineStyle },
  };
}

export function labelOption(axis: Axis, style: ChartStyle, zoom: boolean): ChartOption {
  const { ink } = inksOf(style);
  const look = {
    fontSize: style.fontSize,
    fontFamily: style.fontFamily,
    color: ink,
    margin: 0.5 * style.fontSize,
  };
  if (axis.type === 'category') return { ...look, interval: 0 };
  if (zoom) {
    // the ends of an axis are the data's own, with digits that nobody wants to read, unless a tick is there
    const isTick = (value: number): boolean => axis.ticks.includes(value);
    return {
      ...{ ...look, hideOverlap: true, showMinLabel: isTick(axis.low), showMaxLabel: isTick(axis.high) },
      ...(axis.text && { formatter: axis.text }),
    };
  }
  const words = new Map(axis.ticks.map((tick, index) => [tick, axis.labels[index] ?? '']));
  return {
    ...look,
    customValues: axis.ticks,
    formatter: (value: number) => words.get(value) ?? nearest(words, value),
  };
}

/** ECharts rounds the values that it hands back. */
function nearest(words: ReadonlyMap<number, string>, value: number): string {
  const sorted = [...words].toSorted(([a], [b]) => Math.abs(a - value) - Math.abs(b - value));
  return sorted[0]?.[1] ?? '';
}

export function ruleOption(show: boolean, style: ChartStyle): ChartOption {
  return { show, lineStyle: { color: inksOf(style).rule, width: style.lineWidth / 2.5 } };
}

export function widest(labels: readonly string[], fontSize: number): number {
  return Math.max(0, ...labels.map((label) => textWidth(label, fontSize)));
}

/** With labels that are cut where they are longer than there is room. */
function withFittingLabels(axis: Axis, roomAt: (place: number) => number, fontSize: number): Axis {
  return { ...axis, labels: fittingTexts(axis.labels, fontSize, roomAt) };
}

/** With gaps among its labels where they stand closer than lines of words can. */
function thinned(axis: Axis, width: number, fontSize: number): Axis {
  if (axis.type === 'log') return axis;
  const gaps = axis.ticks.slice(1).map((tick, index) => tick - (axis.ticks[index] ?? tick));
  const spacing = (Math.min(...gaps) / (axis.high - axis.low)) * width;
  return { ...axis, labels: thinLabels(axis.labels, spacing, fontSize, true) };
}

/** Whether labels beside each other would touch. */
function crowded({ ticks, labels, low, high, type }: Axis, width: number, fontSize: number): boolean {
  if (type === 'log') return false;
  return labels.some((label, index) => {
    const [next, here, there] = [labels[index + 1], ticks[index] ?? 0, ticks[index + 1]];
    if (next === undefined || there === undefined) return false;
    const needed = (textWidth(label, fontSize) + textWidth(next, fontSize)) / 2 + 0.4 * fontSize;
    return ((there - here) / (high - low)) * width < needed;
  });
}
