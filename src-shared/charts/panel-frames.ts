import { type AxisSpecification, chosenAxis, cutNotes, resolveAxis } from './axis.ts';
import { type ChartOption, type ChartStyle, inksOf, nameIn, type LegendEntry } from './chart-style.ts';
import { heading } from './heading.ts';
import { textMark } from './marks.ts';
import { axisOption, type Box, labelOption, ruleOption, uprightName, widest } from './plot-frame.ts';
import { fittingText, fittingTexts } from './text-width.ts';

/** Plots side by side and in rows, which share their axes. */
export interface PanelContent {
  readonly x: AxisSpecification;
  readonly y: AxisSpecification;
  readonly notes: readonly string[];
  readonly legend: readonly LegendEntry[];
  /** What stands above each, in the order in which they are read. */
  readonly panels: readonly string[];
}

/** In font sizes: the least width and height of a plot, the gap beside it, and its name above it. */
const LEAST = { width: 9, height: 6.5 };
const GAP = 1.6;
const NAME = 1.6;
const TICK_LABELS = 1.6;
const AXIS_NAME = 1.5;

/** As many as have room, with rows of nearly equal length. */
export function panelsAcross(
  count: number,
  { width, fontSize }: Pick<ChartStyle, 'width' | 'fontSize'>,
): number {
  const room = Math.max(1, Math.floor((width / fontSize - 6) / (LEAST.width + GAP)));
  return Math.ceil(count / Math.ceil(count / room));
}

/** As high as is asked, or as the least height of the plots needs. */
export function panelsHeight(style: ChartStyle, { notes, legend, panels }: PanelContent): number {
  const { inner, height } = heading(style, notes, legend);
  const rows = Math.ceil(panels.length / panelsAcross(panels.length, inner));
  const least = rows * (NAME + LEAST.height) + TICK_LABELS + AXIS_NAME;
  return Math.max(style.height, height + least * style.fontSize + style.height - inner.height);
}

/** Grids and axes, one of each for each panel, by its place; only the outer axes have labels. */
export function panelFrames(whole: ChartStyle, content: PanelContent): ChartOption {
  const { inner: style, ...head } = heading(
    whole,
    [...content.notes, ...cutNotes(content, whole)],
    content.legend,
  );
  const { fontSize, fontFamily, width, height } = style;
  const panels = content.panels.map((name) => nameIn(style, name));
  const across = panelsAcross(panels.length, style);
  const rows = Math.ceil(panels.length / across);
  const room = height - head.height - (TICK_LABELS + AXIS_NAME) * fontSize;
  const plotHeight = Math.max(1, room / rows - NAME * fontSize);
  const y = resolveAxis(chosenAxis(content.y, style, 'y'), plotHeight, fontSize, 'upright');
  const left = (0.4 + AXIS_NAME + 0.7) * fontSize + widest(y.labels, fontSize);
  const plotWidth = Math.max(1, (width - left) / across - GAP * fontSize);
  const x = resolveAxis(chosenAxis(content.x, style, 'x'), plotWidth, fontSize, 'level');
  const boxes = panels.map((_, place): Box => {
    const [row, column] = [Math.floor(place / across), place % across];
    return {
      left: left + column * (plotWidth + GAP * fontSize),
      top: head.height + row * (plotHeight + NAME * fontSize) + NAME * fontSize,
      ...{ width: plotWidth, height: plotHeight },
    };
  });
  const isLowest = (place: number): boolean => place + across >= panels.length;
  const names = fittingTexts(panels, fontSize, plotWidth + GAP * fontSize);
  const named = (name: string, box: Box): ChartOption =>
    textMark(name, [box.left, box.top - 0.65 * fontSize], { fontSize, fontFamily, fill: inksOf(style).ink });
  const all = { left, top: head.height, width: width - left - GAP * fontSize, height: room };
  return {
    grid: boxes.map((box) => ({ ...box, containLabel: false, outerBoundsMode: 'none' })),
    graphic: {
      elements: [
        ...head.elements,
        ...boxes.map((box, place) => named(names[place] ?? '', box)),
        ...uprightName([y.name], all, style, head.height),
        textMark(
          fittingText([x.name], fontSize, all.width),
          [all.left + all.width / 2, height - 0.8 * fontSize],
          { fontSize, fontFamily, fill: inksOf(style).ink, align: 'center' },
        ),
      ],
    },
    xAxis: boxes.map((_, gridIndex) => ({
      ...{ ...axisOption(x, style, false), gridIndex },
      axisLabel: isLowest(gridIndex) ? labelOption(x, style, false) : { show: false },
      splitLine: ruleOption(false, style),
    })),
    yAxis: boxes.map((_, gridIndex) => ({
      ...{ ...axisOption(y, style, false), gridIndex },
      axisLabel: gridIndex % across === 0 ? labelOption(y, style, false) : { show: false },
      splitLine: ruleOption(true, style),
    })),
  };
}
