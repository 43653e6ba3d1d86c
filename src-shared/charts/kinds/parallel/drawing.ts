import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { resolveAxis } from '../../axis.ts';
import { baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import { heading } from '../../heading.ts';
import { uncopied } from '../../marks.ts';
import { mapLineColour } from '../../palette.ts';
import { isWhole, type Quantity, quantityText } from '../../quantity.ts';
import { fittingText, textWidth } from '../../text-width.ts';
import { tooltipOption } from '../../tooltip.ts';
import type { ParallelAxis, ParallelData, ParallelLine } from './data.ts';

/**
 * Parallel coordinates: one line per run, coloured by the metric, which is the last axis. On the page a range can be marked
 * on each axis. Each datum carries `runs` (the id).
 */
export function parallelOption(data: ParallelData, style: ChartStyle): ChartOption {
  const { fontSize, width, height } = style;
  const { axes, lines, quantity, notes } = data;
  const head = heading(style, [`one line per run, coloured by ${quantity.title}`, ...notes], []);
  // Titles stand over the middle of their axes: those of the outer ones need room beside them.
  const outer = [axes[0], axes.at(-1)].map((axis) => (axis ? textWidth(titleOf(axis), fontSize) / 2 : 0));
  const margin = Math.max(3.2 * fontSize, Math.min(0.12 * width, Math.max(...outer) + 0.3 * fontSize));
  const box = { left: margin, right: margin, top: head.height + 1.8 * fontSize, bottom: 1.2 * fontSize };
  const slot = (width - 2 * margin) / Math.max(1, axes.length - 1);
  const values = lines.map(({ value }) => value);
  const [low = 0, high = 1] = extent(values);
  const share = scaleLinear([low, high], [0, 1]);
  return {
    ...baseOption(style),
    graphic: { elements: head.elements },
    parallel: { ...box, axisExpandable: false },
    parallelAxis: axes.map((axis, place) => ({
      dim: place,
      id: String(place),
      ...axisOption(
        axis,
        lines.flatMap((line) => line.values[place] ?? []),
        height - box.top - box.bottom,
        slot,
        style,
      ),
    })),
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as LineDatum, data)),
    }),
    series: [
      {
        type: 'parallel',
        silent: !style.interactive,
        smooth: false,
        progressive: 500,
        inactiveOpacity: 0.04,
        activeOpacity: 0.9,
        data: lines.map((line) =>
          uncopied<LineDatum>({
            value: line.values.map((value, place) => (value === null ? '-' : value * scaleOf(axes[place]))),
            line,
            runs: [line.run],
            lineStyle: {
              color: mapLineColour(share(line.value), style),
              width: style.lineWidth,
              opacity: lines.length > 200 ? 0.35 : 0.7,
            },
          }),
        ),
      },
    ],
  };
}

interface LineDatum {
  readonly value: readonly (number | '-')[];
  readonly line: ParallelLine;
  readonly runs: readonly string[];
  readonly lineStyle: ChartOption;
}

/** With its unit. */
function titleOf(axis: ParallelAxis): string {
  return axis.kind === 'number' ? axis.quantity.axis : axis.title;
}

function scaleOf(axis: ParallelAxis | undefined): number {
  return axis?.kind === 'number' ? axis.quantity.scale : 1;
}

function axisOption(
  axis: ParallelAxis,
  values: readonly number[],
  length: number,
  slot: number,
  style: ChartStyle,
): ChartOption {
  const { fontSize, fontFamily, lineWidth } = style;
  const { ink, background } = inksOf(style);
  const lineStyle = { color: ink, width: lineWidth / 2 };
  const { title, short } = axis.kind === 'number' ? axis.quantity : axis;
  const common = {
    name: fittingText([titleOf(axis), title, short], fontSize, Math.max(slot - 0.6 * fontSize, 5 * fontSize)),
    nameLocation: 'end',
    nameTruncate: { maxWidth: 40 * fontSize },
    nameGap: 0.8 * fontSize,
    nameTextStyle: { fontSize, fontFamily, color: ink, padding: 0 },
    axisLine: { show: true, lineStyle },
    axisTick: { show: true, length: 0.3 * fontSize, lineStyle },
  };
  const label = {
    fontSize: 0.9 * fontSize,
    fontFamily,
    color: ink,
    margin: 0.45 * fontSize,
    // Labels lie on the lines.
    backgroundColor: background,
    padding: 0.1 * fontSize,
  };
  if (axis.kind === 'category') {
    const room = Math.max(slot - fontSize, 3 * fontSize);
    const data = axis.labels.map((text) =>
      textWidth(text, label.fontSize) > room ? fittingText([text], label.fontSize, room) : text,
    );
    return { ...common, type: 'category', data, axisLabel: { ...label, interval: 0 } };
  }
  const shown = values.map((value) => value * axis.quantity.scale);
  const about = { name: titleOf(axis), values: shown, isWhole: hasWholes(axis.quantity, values) };
  const specification = axis.logarithmic
    ? ({ kind: 'log', ...about } as const)
    : ({ kind: 'linear', ...about, ends: 'round' } as const);
  const { type, low, high, ticks, labels } = resolveAxis(specification, length, fontSize, 'upright');
  const words = new Map(ticks.map((tick, place) => [tick, labels[place] ?? '']));
  return {
    ...common,
    ...{ type, min: low, max: high },
    axisLabel: { ...label, customValues: ticks, formatter: (value: number) => words.get(value) ?? '' },
    axisTick: { ...common.axisTick, customValues: ticks },
  };
}

/** Counts, and settings all of whose values are whole: epochs, groups, seeds. */
function hasWholes(quantity: Quantity, values: readonly number[]): boolean {
  const isSetting = quantity.kind === 'number' && quantity.better === null;
  return isWhole(quantity) || (isSetting && values.every(Number.isInteger));
}

function tooltipLines({ line }: LineDatum, { axes }: ParallelData): string[] {
  const texts = axes.map((axis, place) => {
    const value = line.values[place] ?? null;
    if (axis.kind === 'number')
      return `${axis.quantity.title} ${value === null ? '–' : quantityText(axis.quantity, value)}`;
    return `${axis.title} ${value === null ? '–' : (axis.labels[value] ?? '–')}`;
  });
  return [line.label, ...texts, `run ${line.run}`];
}
