import { type AxisSpecification, chosenAxis, cutNotes, resolveAxis } from './axis.ts';
import { type ChartOption, type ChartStyle, inksOf, nameIn } from './chart-style.ts';
import { heading } from './heading.ts';
import { fillOf } from './legend-marks.ts';
import { groupMark, levelInterval, lineMark, symbolMark, textMark } from './marks.ts';
import { type Box, levelName, widest } from './plot-frame.ts';
import { fittingText, fittingTexts } from './text-width.ts';

/** Rows with a name each, something measured along a level axis, and words at the right: a forest plot. */
export interface RowContent {
  /** A linear axis. */
  readonly x: AxisSpecification;
  /** What the axis is called where its whole name has no room. */
  readonly shortName: string;
  readonly names: readonly string[];
  /** What stands there where one of the names has no room, and what then is to be said of them. */
  readonly shortNames?: readonly string[];
  readonly shortNote?: string;
  readonly words: readonly string[];
  readonly notes: readonly string[];
}

export interface RowFrame {
  readonly plot: Box;
  /** Grid, axes and heading. */
  readonly option: ChartOption;
  /** In pixels, what lies on a row: `under` its interval and its mark, which is filled with a colour. */
  readonly row: (y: number, content: RowMarks) => ChartOption;
}

export interface RowMarks {
  readonly under?: readonly ChartOption[];
  readonly interval: readonly [low: number, high: number] | null;
  /** A second, shorter interval, which is drawn thick. */
  readonly inner?: readonly [low: number, high: number] | null;
  readonly mark: { readonly x: number; readonly fill: string } | null;
}

/** Of the chart's width, what names and words may take. */
const MOST_NAMES = 0.42;
const MOST_WORDS = 0.4;

/** The height of a row whose words can be read, and of axis and name below the rows, in font sizes. */
const ROW = 1.25;
const FOOT = 3.5;

/** As high as is asked, or as the rows need. */
export function rowsHeight(
  style: ChartStyle,
  content: Pick<RowContent, 'notes' | 'names' | 'shortNames' | 'shortNote'>,
): number {
  const { names, notes } = namedRows(style, content);
  const { height } = heading(style, notes, []);
  return Math.max(style.height, height + (names.length * ROW + FOOT) * style.fontSize);
}

/** The names of rows in this style, with what is to be said. */
function namedRows(
  style: ChartStyle,
  { names, notes, shortNames, shortNote = '' }: Parameters<typeof rowsHeight>[1],
): Pick<RowContent, 'names' | 'notes'> {
  const inStyle = (all: readonly string[]): string[] => all.map((name) => nameIn(style, name));
  const whole = inStyle(names);
  if (!shortNames || widest(whole, style.fontSize) <= MOST_NAMES * style.width)
    return { names: whole, notes };
  return { names: inStyle(shortNames), notes: [...notes, shortNote] };
}

export function rowFrame(style: ChartStyle, content: RowContent): RowFrame {
  const { x, shortName, words } = content;
  const { fontSize, fontFamily, width, height, lineWidth } = style;
  const { names, notes } = namedRows(style, content);
  const { ink, rule } = inksOf(style);
  const small = 0.85 * fontSize;
  const y = { kind: 'category', name: '', labels: names } as const;
  const head = heading(style, [...notes, ...cutNotes({ x, y }, style)], []);
  const nameWidth = Math.min(MOST_NAMES * width, widest(names, fontSize));
  const left = nameWidth + fontSize;
  const right = Math.min(MOST_WORDS * width, widest(words, small)) + fontSize;
  const plot = {
    left,
    top: head.height,
    width: Math.max(1, width - left - right),
    height: Math.max(1, height - head.height - FOOT * fontSize),
  };
  const axis = resolveAxis(chosenAxis(x, style, 'x'), plot.width, fontSize, 'level');
  const line = { color: ink, width: lineWidth / 2 };
  const text = { fontSize, fontFamily, color: ink };
  const labels = new Map(axis.ticks.map((tick, place) => [tick, axis.labels[place] ?? '']));
  const wordsOf = (text: string, place: number): ChartOption => {
    const y = plot.top + ((place + 0.5) * plot.height) / words.length;
    const look = { align: 'right', fontSize: small, fontFamily, fill: ink };
    return textMark(fittingText([text], small, right - fontSize), [width - 0.4 * fontSize, y], look);
  };
  return {
    plot,
    option: {
      graphic: {
        elements: [
          ...head.elements,
          levelName([axis.name, ...(axis.name === x.name ? [shortName] : [])], plot, style),
          ...words.map(wordsOf),
        ],
      },
      grid: { ...plot, outerBoundsMode: 'none' },
      xAxis: {
        ...{
          type: axis.type,
          inverse: axis.isReversed,
          min: axis.low,
          max: axis.high,
          interval: axis.high - axis.low,
        },
        axisLabel: {
          ...{ ...text, customValues: axis.ticks },
          formatter: (value: number) => labels.get(value) ?? '',
        },
        axisTick: { show: true, customValues: axis.ticks, length: 0.35 * fontSize, lineStyle: line },
        axisLine: { show: true, onZero: false, lineStyle: line },
        splitLine: { show: false },
      },
      yAxis: {
        ...{ type: 'category', inverse: true },
        data: fittingTexts(names, fontSize, nameWidth),
        axisLabel: { ...text, interval: 0, margin: 0.6 * fontSize },
        ...{ axisLine: { show: false }, axisTick: { show: false } },
      },
    },
    row: (y, { under = [], interval, inner, mark }) =>
      groupMark([
        lineMark([plot.left, y], [plot.left + plot.width, y], { stroke: rule, lineWidth: lineWidth / 3 }),
        ...under,
        interval &&
          levelInterval(y, interval[0], interval[1], 0.22 * fontSize, {
            stroke: ink,
            lineWidth: 0.7 * lineWidth,
          }),
        inner ? lineMark([inner[0], y], [inner[1], y], { stroke: ink, lineWidth: 2 * lineWidth }) : null,
        mark &&
          symbolMark('square', [mark.x, y], 0.3 * fontSize, {
            ...fillOf(style, mark.fill),
            lineWidth: 0.6 * lineWidth,
          }),
      ]),
  };
}
