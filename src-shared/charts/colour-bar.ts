import { type ChartOption, type ChartStyle, inksOf } from './chart-style.ts';
import type { Box } from './plot-frame.ts';
import { shapeSeries } from './marks.ts';
import { type ColourChoice, mapStops } from './palette.ts';
import { fittingText, textWidth } from './text-width.ts';

/** What the colours of a map mean; values are in the units in which they are shown. */
export interface ColourScale {
  /** With its unit, then in less and less room. */
  readonly titles: readonly string[];
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly text: (value: number) => string;
  /** The colours at even distances, where they are not those of the map that was chosen. */
  readonly stops?: readonly string[];
}

/** The upright axis of the grid that the bar of a scale fills, with the title beside it as long as there is room. */
export function colourBarAxis(
  { titles, low, high, ticks, text }: ColourScale,
  gridIndex: number,
  bar: Box,
  style: ChartStyle,
): ChartOption {
  const { fontSize, fontFamily, lineWidth, height } = style;
  const middle = bar.top + bar.height / 2;
  const room = Math.min(bar.height + fontSize, 2 * (height - middle));
  const { ink } = inksOf(style);
  const lineStyle = { color: ink, width: lineWidth / 2 };
  return {
    ...{ type: 'value', gridIndex, min: low, max: high, interval: high - low, position: 'right' },
    ...{ name: fittingText(titles, fontSize, room), nameLocation: 'middle', nameMoveOverlap: false },
    ...{ nameRotate: 90, nameGap: 3 * fontSize },
    nameTextStyle: { fontSize, fontFamily, color: ink, padding: 0 },
    axisLabel: {
      ...{ customValues: ticks, formatter: text },
      ...{ fontSize, fontFamily, color: ink, margin: 0.45 * fontSize },
    },
    axisLine: { show: true, onZero: false, lineStyle },
    axisTick: { show: true, customValues: ticks, length: 0.25 * fontSize, lineStyle },
    splitLine: { show: false },
  };
}

/** The parts of an option that draw the bar of a scale in a grid of its own: upright at the right of a chart, or level below it. */
export function colourBar(
  scale: ColourScale,
  gridIndex: number,
  bar: Box,
  style: ChartStyle,
  side: 'right' | 'below',
): Readonly<Record<'xAxis' | 'yAxis' | 'series', ChartOption>> {
  const across = { gridIndex, type: 'value', min: 0, max: 1, show: false };
  const series = colourBarSeries(scale, gridIndex, style, side);
  return side === 'right'
    ? { xAxis: across, yAxis: colourBarAxis(scale, gridIndex, bar, style), series }
    : { xAxis: levelBarAxis(scale, gridIndex, bar, style), yAxis: across, series };
}

/** The same below: with as many of its numbers as have room beside each other. */
function levelBarAxis(scale: ColourScale, gridIndex: number, bar: Box, style: ChartStyle): ChartOption {
  const { fontSize } = style;
  const { titles, ticks, text } = scale;
  const upright = colourBarAxis(scale, gridIndex, bar, style);
  const widest = Math.max(...ticks.map((tick) => textWidth(text(tick), fontSize))) + 0.5 * fontSize;
  const step = Math.max(1, Math.ceil(((ticks.length - 1) * widest) / bar.width));
  const shown = ticks.filter((_tick, place) => place % step === 0);
  return {
    ...upright,
    ...{ position: 'bottom', nameGap: 1.7 * fontSize, nameRotate: 0 },
    name: fittingText(titles, fontSize, bar.width + fontSize),
    axisLabel: { ...(upright['axisLabel'] as ChartOption), customValues: shown },
    axisTick: { ...(upright['axisTick'] as ChartOption), customValues: shown },
  };
}

/** The bar itself, in a grid whose other axis runs from 0 to 1. */
export function colourBarSeries(
  { low, high, stops: own }: Pick<ColourScale, 'low' | 'high' | 'stops'>,
  index: number,
  choice: ColourChoice,
  side: 'right' | 'below' = 'right',
): ChartOption {
  const isUpright = side === 'right';
  const stops = own ?? mapStops(choice);
  const colorStops = stops.map((color, place) => ({ offset: place / (stops.length - 1), color }));
  return shapeSeries(
    [{ value: isUpright ? [0, low] : [low, 0] }],
    (_, { coord }) => {
      const [left, top] = coord(isUpright ? [0, high] : [low, 1]);
      const [right, bottom] = coord(isUpright ? [1, low] : [high, 0]);
      return {
        type: 'rect',
        shape: { x: left, y: top, width: right - left, height: bottom - top },
        style: { fill: { type: 'linear', ...(isUpright ? UPWARDS : RIGHTWARDS), colorStops } },
      };
    },
    { xAxisIndex: index, yAxisIndex: index, silent: true },
  );
}

const UPWARDS = { x: 0, y: 1, x2: 0, y2: 0 };
const RIGHTWARDS = { x: 0, y: 0, x2: 1, y2: 0 };
