import { counted } from '../../../counted.ts';
import { baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import { fillOf } from '../../legend-marks.ts';
import { groupMark, type ShapeDatum, shapeSeries, uprightInterval } from '../../marks.ts';
import { colourOf } from '../../palette.ts';
import { plotFrame } from '../../plot-frame.ts';
import { axisOfQuantity, type Quantity, quantityText } from '../../quantity.ts';
import { tooltipOption } from '../../tooltip.ts';
import type { ChannelBar, ChannelsData } from './data.ts';

/** Of a channel's room, what its bar takes. */
const FILLED = 0.82;
/** Font sizes that a bar must be wide for an interval to stand on it. */
const LEAST_WIDTH = 0.3;

/** The channels of a layer as bars, the greatest first; those whose value is not defined have none. */
export function channelsOption(data: ChannelsData, style: ChartStyle): ChartOption {
  const { channels, layer, quantity } = data;
  const { scale } = quantity;
  const ends = channels.flatMap(({ value, interval }) => [value ?? 0, ...(interval ?? [])]);
  const frameOf = (notes: readonly string[]) =>
    plotFrame(style, {
      x: { kind: 'category', name: 'channel', labels: channels.map(({ channel }) => `${channel}`) },
      y: {
        kind: 'linear',
        ...axisOfQuantity(quantity),
        values: [0, ...ends.map((end) => end * scale)],
        ends: 'round',
      },
      notes,
      legend: [],
      rules: 'y',
    });
  const undefinedCount = channels.filter(({ value }) => value === null).length;
  const notes = [
    `${counted(channels.length, 'channel')} of ${layer} in one run, in descending order`,
    undefinedCount > 0 ? `not defined for ${undefinedCount}` : '',
  ];
  const width = (frameOf(notes).box.width / Math.max(1, channels.length)) * FILLED;
  const hasIntervals = width >= LEAST_WIDTH * style.fontSize && channels.some(({ interval }) => interval);
  const frame = frameOf(
    hasIntervals ? [...notes, '95\u00a0% intervals within the run, not over trainings'] : notes,
  );
  return {
    ...baseOption(style),
    ...frame.option,
    ...(style.interactive && { tooltip: tooltipOption(style, (datum) => (datum as ChannelDatum).words) }),
    series: [bars(data, { width, hasIntervals }, style)],
  };
}

interface ChannelDatum extends ShapeDatum {
  readonly words: readonly string[];
}

function bars(
  { channels, quantity }: ChannelsData,
  { width, hasIntervals }: { readonly width: number; readonly hasIntervals: boolean },
  style: ChartStyle,
): ChartOption {
  const { fontSize, lineWidth } = style;
  const { scale } = quantity;
  const data = channels.map((bar, at): ChannelDatum => ({
    value: [at, (bar.value ?? 0) * scale],
    words: wordsOf(bar, quantity),
  }));
  return shapeSeries(
    data,
    (place, { coord }) => {
      const { value = null, interval = null } = channels[place] ?? {};
      if (value === null) return null;
      const [x, end] = coord([place, value * scale]);
      const [, ground] = coord([place, 0]);
      const height = (bound: number): number => coord([place, bound * scale])[1];
      return groupMark([
        {
          type: 'rect',
          shape: { x: x - width / 2, y: Math.min(end, ground), width, height: Math.abs(ground - end) },
          style: fillOf(style, colourOf(0, style)),
        },
        interval === null || !hasIntervals
          ? null
          : uprightInterval(
              x,
              height(interval[0]),
              height(interval[1]),
              Math.min(0.2 * fontSize, 0.3 * width),
              { stroke: inksOf(style).ink, lineWidth: 0.7 * lineWidth },
            ),
      ]);
    },
    style.interactive ? {} : { silent: true },
  );
}

function wordsOf({ channel, value, interval, baselines }: ChannelBar, quantity: Quantity): string[] {
  const text = (number: number | null): string =>
    number === null ? 'not defined' : quantityText(quantity, number);
  return [
    `channel ${channel}: ${text(value)}`,
    interval === null ? '' : `95\u00a0% interval ${text(interval[0])} to ${text(interval[1])}`,
    ...Object.entries(baselines).map(([name, number]) => `${name} ${text(number)}`),
  ].filter((line) => line !== '');
}
