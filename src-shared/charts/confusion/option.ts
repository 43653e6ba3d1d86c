import { baseOption, type ChartOption, type ChartStyle, inksOf } from '../chart-style.ts';
import { heading } from '../heading.ts';
import { groupMark, shapeSeries, textMark } from '../marks.ts';
import { cividis, inkOn } from '../palette.ts';
import type { Box } from '../plot-frame.ts';
import { fittingText, textWidth } from '../text-width.ts';
import { tooltipOption } from '../tooltip.ts';
import type { ConfusionData, ConfusionPanel } from './data.ts';

/** Below this size, in units of the chart, numbers in a square could not be read. */
const LEAST_TEXT = 3.2;

/**
 * Confusion matrices side by side: rows are true classes, columns predicted ones, colours the share of the row, numbers
 * the share in percent where there is room. Each datum carries `runs`, `truth`, `prediction`.
 */
export function confusionOption({ classes, panels, notes }: ConfusionData, style: ChartStyle): ChartOption {
  const { fontSize, width, height } = style;
  const head = heading(style, ['of each true class, the share in % predicted as each', ...notes], []);
  const columns = Math.ceil(Math.sqrt((panels.length * width) / Math.max(1, height - head.height)));
  const across = Math.min(columns, panels.length);
  const down = Math.ceil(panels.length / across);
  const label = Math.min(7 * fontSize, Math.max(...classes.map((name) => textWidth(name, fontSize))));
  const left = label + 2.4 * fontSize;
  const slot = { width: width / across, height: (height - head.height) / down };
  const top = panels.some((panel) => panel.label !== '') ? 1.6 * fontSize : 0.2 * fontSize;
  const below = 0.71 * (label + fontSize) + 2.2 * fontSize;
  const side = Math.max(1, Math.min(slot.width - left - 0.6 * fontSize, slot.height - top - below));
  const boxes = panels.map((_, place): Box => ({
    left: (place % across) * slot.width + left + Math.max(0, (slot.width - left - 0.6 * fontSize - side) / 2),
    top: head.height + top + Math.floor(place / across) * slot.height,
    width: side,
    height: side,
  }));
  const zero: Box = { left: 0, top: 0, width: 1, height: 1 };
  return {
    ...baseOption(style),
    graphic: {
      elements: [
        ...head.elements,
        ...panels.flatMap((panel, place) => panelTitle(panel, boxes[place] ?? zero, left, style)),
      ],
    },
    grid: boxes.map((box) => ({ ...box, outerBoundsMode: 'none' })),
    xAxis: panels.map((_, gridIndex) => ({ ...axis(classes, 'predicted', gridIndex, label, side, style) })),
    yAxis: panels.map((_, gridIndex) => ({
      ...axis(classes, 'true', gridIndex, label, side, style),
      inverse: true,
    })),
    ...(style.interactive && { tooltip: tooltipOption(style, (datum) => (datum as SquareDatum).words) }),
    series: panels.map((panel, index) => squares(panel, classes, side, index, style)),
  };
}

function panelTitle({ label }: ConfusionPanel, box: Box, room: number, style: ChartStyle): ChartOption[] {
  const { fontSize, fontFamily } = style;
  if (label === '') return [];
  const text = fittingText([label], fontSize, box.width + room);
  return [
    textMark(text, [box.left + box.width / 2, box.top - 0.8 * fontSize], {
      align: 'center',
      fontSize,
      fontFamily,
      fill: inksOf(style).ink,
    }),
  ];
}

function axis(
  classes: readonly string[],
  name: string,
  gridIndex: number,
  label: number,
  side: number,
  style: ChartStyle,
): ChartOption {
  const { fontSize, fontFamily } = style;
  const { ink } = inksOf(style);
  const upright = name === 'true';
  const own = Math.min(fontSize, (0.95 * side) / classes.length);
  return {
    ...{ type: 'category', gridIndex, data: classes.map((text) => fittingText([text], own, label)) },
    ...{ name, nameLocation: 'middle', nameMoveOverlap: false },
    nameGap: upright ? label + 1.2 * fontSize : 0.71 * (label + fontSize) + fontSize,
    nameTextStyle: { fontSize, fontFamily, color: ink, padding: 0 },
    axisLabel: {
      fontSize: own,
      fontFamily,
      color: ink,
      interval: 0,
      margin: 0.5 * fontSize,
      rotate: upright ? 0 : 45,
    },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
  };
}

interface SquareDatum {
  readonly value: readonly number[];
  readonly runs: readonly string[];
  readonly truth: string;
  readonly prediction: string;
  readonly words: readonly string[];
  readonly [detail: string]: unknown;
}

function squares(
  panel: ConfusionPanel,
  classes: readonly string[],
  side: number,
  index: number,
  style: ChartStyle,
): ChartOption {
  const size = side / classes.length;
  const { fontFamily, fontSize } = style;
  const { empty } = inksOf(style);
  const data = classes.flatMap((truth, row) =>
    classes.map((prediction, column): SquareDatum => {
      const [share, count] = [panel.shares[row]?.[column] ?? null, panel.counts[row]?.[column] ?? 0];
      const words = [
        `${truth} as ${prediction}`,
        `${count} images${share === null ? '' : `, ${(100 * share).toFixed(1)} %`}`,
      ];
      return { value: [column, row], runs: panel.runs, truth, prediction, words };
    }),
  );
  return shapeSeries(
    data,
    (place, { coord }) => {
      const [column = 0, row = 0] = data[place]?.value ?? [];
      const [x, y] = coord([column, row]);
      const share = panel.shares[row]?.[column] ?? null;
      const colour = share === null ? empty : cividis(share);
      // A little more, so that no hairline shows between squares.
      const shape = { x: x - size / 2, y: y - size / 2, width: size + 0.2, height: size + 0.2 };
      const text =
        share === null || share === 0
          ? ''
          : (100 * share).toFixed(share >= 0.9995 || size < 2.2 * fontSize ? 0 : 1);
      const own = Math.min(0.85 * fontSize, (0.8 * size) / Math.max(0.01, textWidth(text, 1)), 0.7 * size);
      return groupMark([
        { type: 'rect', shape, style: { fill: colour } },
        text === '' || own < LEAST_TEXT
          ? null
          : textMark(text, [x, y], { align: 'center', fontSize: own, fontFamily, fill: inkOn(colour) }),
      ]);
    },
    { xAxisIndex: index, yAxisIndex: index, ...(!style.interactive && { silent: true }) },
  );
}
