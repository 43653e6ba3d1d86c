import { type ChartOption, type ChartStyle, inksOf } from './chart-style.ts';
import type { Box } from './plot-frame.ts';
import { shapeSeries } from './marks.ts';
import { type ColourChoice, mapStops } from './palette.ts';
import { fittingText } from './text-width.ts';

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

/** The bar itself, in a grid whose level axis runs from 0 to 1. */
export function colourBarSeries(
  { low, high, stops: own }: Pick<ColourScale, 'low' | 'high' | 'stops'>,
  index: number,
  choice: ColourChoice,
): ChartOption {
  const stops = own ?? mapStops(choice);
  const colorStops = stops.map((color, place) => ({ offset: place / (stops.length - 1), color }));
  return shapeSeries(
    [{ value: [0, low] }],
    (_, { coord }) => {
      const [left, top] = coord([0, high]);
      const [right, bottom] = coord([1, low]);
      return {
        type: 'rect',
        shape: { x: left, y: top, width: right - left, height: bottom - top },
        style: { fill: { type: 'linear', x: 0, y: 1, x2: 0, y2: 0, colorStops } },
      };
    },
    { xAxisIndex: index, yAxisIndex: index, silent: true },
  );
}
