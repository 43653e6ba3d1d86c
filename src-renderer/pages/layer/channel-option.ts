import type { AnalysisResult, MeasureDescription } from '../../../src-shared/analysis/analysis-result.ts';
import { resolveAxis } from '../../../src-shared/charts/axis.ts';
import {
  baseOption,
  inksOf,
  type ChartOption,
  type ChartStyle,
} from '../../../src-shared/charts/chart-style.ts';
import { heading } from '../../../src-shared/charts/heading.ts';
import { colourOf } from '../../../src-shared/charts/palette.ts';
import { textWidth } from '../../../src-shared/charts/text-width.ts';
import { tooltipOption } from '../../../src-shared/charts/tooltip.ts';
import { besideWords, measureNumber } from '../network/measure-words.ts';

/** The channels of a layer as bars in the given order; those whose value is not defined have none. */
export function channelOption(
  measure: MeasureDescription,
  results: readonly AnalysisResult[],
  style: ChartStyle,
): ChartOption {
  const { fontSize, fontFamily, width, height, lineWidth } = style;
  const { ink, rule } = inksOf(style);
  const head = heading(style, [`${measure.axis}; a bar for each channel, the greatest first`], []);
  const below = 1.8 * fontSize;
  const tall = Math.max(1, height - head.height - below);
  const values = [0, ...results.flatMap(({ value }) => value ?? [])];
  const text = (value: number): string => measureNumber(value, measure.kind);
  const axis = resolveAxis(
    { kind: 'linear', name: '', values, ends: 'round', text },
    tall,
    fontSize,
    'upright',
  );
  const left = Math.max(...axis.labels.map((label) => textWidth(label, fontSize))) + fontSize;
  const labels = new Map(axis.ticks.map((tick, place) => [tick, axis.labels[place] ?? '']));
  const channels = results.map(({ channel }) => String(channel));
  const longest = Math.max(...channels.map((name) => textWidth(name, fontSize)));
  const look = { fontSize, fontFamily, color: ink };
  return {
    ...baseOption(style),
    graphic: { elements: head.elements },
    grid: { left, top: head.height, right: fontSize, height: tall, outerBoundsMode: 'none' },
    xAxis: {
      ...{ type: 'category', data: channels },
      axisLabel: { ...look, interval: 0, show: (longest + 4) * channels.length < width - left - fontSize },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink, width: lineWidth / 2 } },
    },
    yAxis: {
      ...{ type: 'value', min: axis.low, max: axis.high, interval: axis.high - axis.low },
      axisLabel: { ...look, customValues: axis.ticks, formatter: (value: number) => labels.get(value) ?? '' },
      axisTick: { customValues: axis.ticks },
      splitLine: { lineStyle: { color: rule, width: lineWidth / 3 } },
    },
    tooltip: tooltipOption(style, (datum) => (datum as ChannelDatum).words),
    series: [
      {
        type: 'bar',
        barCategoryGap: '18%',
        itemStyle: { color: colourOf(0) },
        data: results.map((result): ChannelDatum => ({
          value: result.value,
          words: [
            `channel ${String(result.channel)}: ${measureNumber(result.value, measure.kind)}`,
            besideWords(result, measure.kind),
          ],
        })),
      },
    ],
  };
}

interface ChannelDatum {
  readonly value: number | null;
  readonly words: readonly string[];
}
