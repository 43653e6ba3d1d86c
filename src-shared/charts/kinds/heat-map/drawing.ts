import { nText } from '../../../numbers.ts';
import { countText, meanText } from '../../cells/count-text.ts';
import { groupBorders, groupTicks } from '../../axis-groups.ts';
import {
  axisTitle,
  baseOption,
  type ChartOption,
  type ChartStyle,
  inksOf,
  NO_INSETS,
} from '../../chart-style.ts';
import { colourBarAxis, colourBarSeries, type ColourScale } from '../../colour-bar.ts';
import { colourScale } from '../../colour-scale.ts';
import { heading } from '../../heading.ts';
import {
  type Coordinates,
  groupMark,
  lineMark,
  type PixelPoint,
  shapeSeries,
  textMark,
} from '../../marks.ts';
import { inkOn, mapColour } from '../../palette.ts';
import type { Box } from '../../plot-frame.ts';
import { intervalText, type Quantity, quantityText, spreadText } from '../../quantity.ts';
import { BOLD, fittingText, textWidth } from '../../text-width.ts';
import { thinLabels } from '../../thin-labels.ts';
import { tooltipOption } from '../../tooltip.ts';
import {
  axesOf,
  type HeatAxis,
  type HeatCell,
  type HeatMapData,
  type HeatPanel,
  type Marginal,
  meansOf,
  tellsSpread,
} from './data.ts';

/**
 * A map of two settings: in each cell the mean, its 95 % interval and n; a cell without finished
 * runs, or one that the study does not have, is drawn empty and says so. Above and at the right the means over columns
 * and rows. Each datum carries `cell` (of HeatCell) for a click.
 */
export function heatMapOption(whole: HeatMapData, style: ChartStyle): ChartOption {
  const data = withFittingLabels(whole, style);
  const head = heading(style, notesOf(data), []);
  const scale = colourScale(data.quantity, valuesOf(data), data.colours);
  const look = { scale, tellsSpread: tellsSpread(data), style };
  const layout = layOut(data, style, head.height);
  const panels = data.panels.map((panel, index) => ({
    panel,
    index,
    box: layout.panels[index] ?? layout.bar,
  }));
  return {
    ...baseOption(style),
    graphic: {
      elements: [...head.elements, ...panels.flatMap(({ panel, box }) => panelTitle(panel, box, style))],
    },
    grid: [...panels.map(({ box }) => box), layout.bar].map((box) => ({ ...box, outerBoundsMode: 'none' })),
    xAxis: [
      ...panels.map((panel) => axis(data, 'x', panel, style)),
      { gridIndex: panels.length, type: 'value', min: 0, max: 1, show: false },
    ],
    yAxis: [
      ...panels.map((panel) => axis(data, 'y', panel, style)),
      colourBarAxis(scale, panels.length, layout.bar, style),
    ],
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as CellDatum, whole)),
    }),
    series: [
      ...panels.map(({ panel, index, box }) => panelSeries(panel, data, { ...look, box, index })),
      ...panels.map((panel) => groupLines(axesOf(data, panel.panel), panel, style)),
      colourBarSeries(scale, panels.length, style),
    ],
  };
}

interface PlacedPanel {
  readonly panel: HeatPanel;
  readonly index: number;
  readonly box: Box;
}

/** Of the chart's width or height, what labels may take. */
const MOST_LABELS = 0.35;

/** Labels that leave room for the map; the whole words are in the tooltips and in the table. */
function withFittingLabels(data: HeatMapData, { fontSize, width, height }: ChartStyle): HeatMapData {
  const fit = (axis: HeatAxis, room: number): HeatAxis => ({
    ...axis,
    labels: axis.labels.map((label) => fittingText([label], fontSize, room)),
  });
  const fitted = ({ x, y }: Pick<HeatMapData, 'x' | 'y'>) => ({
    x: fit(x, (MOST_LABELS * height) / 0.71 - fontSize),
    y: fit(y, MOST_LABELS * width),
  });
  return {
    ...{ ...data, ...fitted(data) },
    panels: data.panels.map((panel) => (panel.axes ? { ...panel, axes: fitted(panel.axes) } : panel)),
  };
}

function notesOf(data: HeatMapData): string[] {
  const { marginals, notes, ofRuns } = data;
  const means = meansOf(data);
  return [
    ofRuns || means.length === 0 ? '' : meanText(means),
    marginals ? 'margins: means over rows and columns, seeds as blocks' : '',
    ...notes,
  ];
}

interface Layout {
  readonly panels: readonly Box[];
  readonly bar: Box;
}

/** Panels in a grid, the colour bar at the right of them all. */
function layOut(data: HeatMapData, style: ChartStyle, top: number): Layout {
  const { fontSize, width, height } = style;
  const { panels } = data;
  const insets = panels.length > 1 ? NO_INSETS : (style.insets ?? NO_INSETS);
  const right = Math.max(BAR * fontSize, insets.right);
  const gapTop = panels.length > 1 ? 2 * fontSize : Math.max(0, insets.top - top);
  const inner = { width: width - right, height: height - top };
  const columns = columnsOf(data, style, top);
  const rows = Math.ceil(panels.length / columns);
  const size = { width: inner.width / columns, height: inner.height / rows };
  // the height that is left below labels which lie level
  const plotHeight = size.height - gapTop - 3.25 * fontSize;
  const leftOf = (tall: number): number =>
    isSilent(data, 'y', style) ? 0.3 * fontSize : 2.55 * fontSize + widestLabel(data, tall, fontSize);
  const widthFrom = (left: number): number => Math.max(1, size.width - left - 0.3 * fontSize);
  const bottomOf = (wide: number): number =>
    Math.max(
      insets.bottom,
      isSilent(data, 'x', style) ? 0.5 * fontSize : labelHeight(data, wide, fontSize) + 2.25 * fontSize,
    );
  const least = Math.max(insets.left, leftOf(plotHeight));
  // at the height that is left below labels which are tilted others may stand there
  const left = Math.max(least, leftOf(size.height - bottomOf(widthFrom(least)) - gapTop));
  const plotWidth = widthFrom(left);
  const bottom = bottomOf(plotWidth);
  const boxes = panels.map((_, index) => ({
    left: left + (index % columns) * size.width,
    top: top + gapTop + Math.floor(index / columns) * size.height,
    width: plotWidth,
    height: Math.max(1, size.height - bottom - gapTop),
  }));
  const [first] = boxes;
  const tall = first ? first.height : 1;
  const bar = { left: width - 5.6 * fontSize, top: top + gapTop, width: fontSize, height: tall };
  return { panels: boxes, bar };
}

/** Font sizes: of the colour bar with its numbers, and of a map at least, across and down, without its words. */
const BAR = 6.4;
const LEAST_WIDTH = 9;
const LEAST_HEIGHT = 11;
/** Above a map and below it, with labels that are tilted. */
const WORDS_ABOVE_AND_BELOW = 8;

/** A row of a map of few; and how narrow one of several maps of means may be. */
const LEAST_ROW = 1.7;
const NARROWEST = 6;

/** Pixels of a map with its words, at least. */
function leastHeight({ y, ofRuns }: HeatMapData, { fontSize }: ChartStyle): number {
  const map = ofRuns ? LEAST_HEIGHT : Math.min(LEAST_HEIGHT, LEAST_ROW * y.labels.length);
  return (map + WORDS_ABOVE_AND_BELOW) * fontSize;
}

/** How many maps stand side by side below a heading of this height. */
function columnsOf(data: HeatMapData, style: ChartStyle, top: number): number {
  if (data.ofRuns) return columnsOfRuns(data, style);
  const count = data.panels.length;
  const { fontSize } = style;
  const [width, height] = [style.width - BAR * fontSize, style.height - top];
  const beside = 2.55 * fontSize + widest(data.y.labels, fontSize);
  const choices = Array.from({ length: count }, (_, index) => index + 1).filter(
    (columns) => columns === 1 || width / columns - beside >= NARROWEST * fontSize,
  );
  const least = leastHeight(data, style);
  const readable = choices.filter((columns) => height / Math.ceil(count / columns) >= least);
  const [across, down] = [width / data.x.labels.length, height / data.y.labels.length];
  // cells are nearest to a square of 4 to 3
  const shape = (columns: number): number =>
    Math.abs(Math.log(across / columns / (down / Math.ceil(count / columns)) / 1.33));
  const [best = 1] = (readable.length > 0 ? readable : choices).toSorted((a, b) => shape(a) - shape(b));
  return best;
}

/** As many side by side as have room for their words and a map, in rows that are as full as each other. */
function columnsOfRuns(data: HeatMapData, { fontSize, width }: ChartStyle): number {
  const words = 2.55 * fontSize + widest(data.y.labels, fontSize);
  const fitting = Math.floor((width - BAR * fontSize) / (words + LEAST_WIDTH * fontSize));
  const rows = Math.ceil(data.panels.length / Math.max(1, fitting));
  return Math.ceil(data.panels.length / rows);
}

/** How high maps are: as asked, or so high that each of several, or of runs, can be read. */
export function heightOfMaps(whole: HeatMapData, style: ChartStyle): number {
  if (whole.panels.length === 1 && !whole.ofRuns) return style.height;
  const data = withFittingLabels(whole, style);
  const top = heading(style, notesOf(data), []).height;
  const rows = Math.ceil(data.panels.length / columnsOf(data, style, top));
  return Math.max(style.height, top + rows * leastHeight(data, style));
}

/** Whether nothing is written at an axis. */
function isSilent(data: HeatMapData, side: 'x' | 'y', style: ChartStyle): boolean {
  return data[side].isSilent === true || style[`${side}Axis`]?.isBare === true;
}

function panelTitle({ label }: HeatPanel, box: Box, style: ChartStyle): ChartOption[] {
  if (label === '') return [];
  const { fontSize, fontFamily } = style;
  const text = fittingText([label], fontSize, box.width);
  const place: PixelPoint = [box.left + box.width / 2, box.top - 0.8 * fontSize];
  return [textMark(text, place, { align: 'center', fontSize, fontFamily, fill: inksOf(style).ink })];
}

function axis(
  data: HeatMapData,
  side: 'x' | 'y',
  { panel, index, box }: PlacedPanel,
  style: ChartStyle,
): ChartOption {
  const { fontSize, fontFamily } = style;
  const title = axisTitle(style, side, data[side].title);
  const hasWords = !isSilent(data, side, style);
  const { ink } = inksOf(style);
  const words = wordsAlong(axesOf(data, panel)[side], data, {
    side,
    length: side === 'x' ? box.width : box.height,
    fontSize,
  });
  const [room, gap] =
    side === 'x'
      ? [titleRoom(box, data, style), labelHeight(data, box.width, fontSize) + fontSize]
      : [box.height + 2 * fontSize, widestLabel(data, box.height, fontSize) + 1.2 * fontSize];
  return {
    type: 'category',
    gridIndex: index,
    data: words.isTilted ? words.labels.map(tiltedIn(box, words.labels.length, fontSize)) : words.labels,
    ...(data.panels.length === 1 && { drawn: { title, names: words.labels } }),
    name: hasWords ? fittingText([title], fontSize, room) : '',
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { fontSize, fontFamily, color: ink, padding: 0 },
    axisLabel: {
      show: hasWords,
      fontSize,
      fontFamily,
      color: ink,
      interval: 0,
      margin: 0.5 * fontSize,
      rotate: words.isTilted ? 45 : 0,
    },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    nameMoveOverlap: false,
  };
}

/** The title of a level axis may reach beyond its map: of the only one as far as the figure does, else not to its neighbours. */
function titleRoom({ left, width }: Box, { panels }: HeatMapData, style: ChartStyle): number {
  const right = style.width - left - width;
  return width + (panels.length === 1 ? 2 * Math.min(left, right) - style.fontSize : 2 * style.fontSize);
}

/** Words that are tilted end at their column, and begin within the figure. */
function tiltedIn(box: Box, columns: number, fontSize: number): (label: string, place: number) => string {
  return (label, place) => {
    const end = box.left + ((place + 0.5) * box.width) / columns;
    return fittingText([label], fontSize, end / Math.SQRT1_2 - 0.8 * fontSize);
  };
}

interface Along {
  readonly side: 'x' | 'y';
  /** Of the axis. */
  readonly length: number;
  readonly fontSize: number;
}

interface AxisWords {
  /** One for each place; empty where it has none. */
  readonly labels: readonly string[];
  readonly isTilted: boolean;
}

/** What stands at the places: the names of these where they have room, or of their groups, or some of the names, tilted. */
function wordsAlong(
  { labels, groups }: HeatAxis,
  data: HeatMapData,
  { side, length, fontSize }: Along,
): AxisWords {
  const all = [...labels, ...marginalLabels(data)];
  const spacing = length / all.length;
  const needed = side === 'x' ? widest(all, fontSize) + 0.3 * fontSize : fontSize;
  if (spacing >= needed) return { labels: all, isTilted: false };
  if (groups) {
    const ticks = groupTicks(groups, spacing, fontSize, side === 'x' ? 'level' : 'upright');
    const named = new Map(ticks.map(({ at, label }) => [Math.floor(at), label]));
    return { labels: all.map((_, place) => named.get(place) ?? ''), isTilted: false };
  }
  // labels that lie level side by side are as wide as their words and have room, or are tilted
  const isTilted = side === 'x';
  return { labels: thinLabels(all, spacing, fontSize, isTilted), isTilted };
}

/** Of the columns of all panels. */
function labelHeight(data: HeatMapData, length: number, fontSize: number): number {
  const heights = data.panels.map((panel) => {
    const words = wordsAlong(axesOf(data, panel).x, data, { side: 'x', length, fontSize });
    return words.isTilted
      ? 0.71 * (widest([...data.x.labels, ...marginalLabels(data)], fontSize) + fontSize)
      : fontSize;
  });
  return Math.max(...heights);
}

function widest(labels: readonly string[], fontSize: number): number {
  return Math.max(...labels.map((label) => textWidth(label, fontSize)));
}

/** Of the rows of all panels. */
function widestLabel(data: HeatMapData, length: number, fontSize: number): number {
  const words = data.panels.flatMap(
    (panel) => wordsAlong(axesOf(data, panel).y, data, { side: 'y', length, fontSize }).labels,
  );
  return widest(words, fontSize);
}

/** Marginal means stand above and at the right, where the values rise to. */
function marginalLabels({ marginals }: HeatMapData): string[] {
  return marginals ? ['mean'] : [];
}

interface PanelStyle {
  readonly scale: ColourScale;
  /** Whether numbers are with interval and n. */
  readonly tellsSpread: boolean;
  readonly box: Box;
  readonly index: number;
  readonly style: ChartStyle;
}

interface CellDatum {
  readonly value: readonly number[];
  readonly cell: HeatCell | null;
  readonly marginal: Marginal | null;
  readonly of: string;
  /** Place of its panel. */
  readonly panel: number;
}

function panelSeries(panel: HeatPanel, data: HeatMapData, look: PanelStyle): ChartOption {
  const { marginals, quantity } = data;
  const { x, y } = axesOf(data, panel);
  const [columns, rows] = [x.labels.length, y.labels.length];
  const at = (column: number, row: number, marginal: Marginal | null, of: string): CellDatum => ({
    ...{ value: [column, row], cell: null, marginal, of, panel: look.index },
  });
  const edges = marginals
    ? [
        ...marginals.columns.map((mean, column) =>
          at(column, rows, mean, `${x.title} ${x.labels[column] ?? ''}`),
        ),
        ...marginals.rows.map((mean, row) => at(columns, row, mean, `${y.title} ${y.labels[row] ?? ''}`)),
        at(columns, rows, marginals.all, 'all cells'),
      ]
    : [];
  const places: readonly CellDatum[] = [
    ...panel.cells.map((cell) => ({
      ...{ value: [cell.column, cell.row], cell, marginal: null, of: '', panel: look.index },
    })),
    ...edges,
  ];
  const size = {
    width: look.box.width / (columns + (marginals ? 1 : 0)),
    height: look.box.height / (rows + (marginals ? 1 : 0)),
  };
  return shapeSeries(
    places as (CellDatum & { readonly [detail: string]: unknown })[],
    (place, coordinates: Coordinates) => {
      const datum = places[place];
      if (!datum) return null;
      const middle = coordinates.coord(datum.value);
      return datum.cell
        ? cellMark(datum.cell, middle, size, quantity, look)
        : marginalMark(datum.marginal, middle, size, quantity, look);
    },
    { xAxisIndex: look.index, yAxisIndex: look.index, ...(!look.style.interactive && { silent: true }) },
  );
}

/** Gaps between groups, where there are any. */
function groupLines(
  { x, y }: Pick<HeatMapData, 'x' | 'y'>,
  { index, box }: PlacedPanel,
  style: ChartStyle,
): ChartOption {
  const { left, top, width, height } = box;
  const stroke = { stroke: inksOf(style).background, lineWidth: style.lineWidth };
  const places = ({ labels, groups = [] }: HeatAxis): number[] =>
    groupBorders(groups).map((border) => (border + 0.5) / labels.length);
  return shapeSeries(
    [{ value: [0, 0] }],
    () =>
      groupMark([
        ...places(x).map((share) =>
          lineMark([left + share * width, top], [left + share * width, top + height], stroke),
        ),
        ...places(y).map((share) =>
          lineMark([left, top + (1 - share) * height], [left + width, top + (1 - share) * height], stroke),
        ),
      ]),
    { xAxisIndex: index, yAxisIndex: index, silent: true },
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Units of the chart. */
const SMALL = 10;
const OVERLAP = 0.25;

function rectangle(
  [x, y]: PixelPoint,
  { width, height }: Size,
  inset: number,
  style: ChartOption,
): ChartOption {
  // between many small places gaps would be a grid of their own, as would what lies between two pixels
  const gap = Math.min(width, height) < SMALL ? -OVERLAP : Math.min(inset, 0.02 * width, 0.02 * height);
  const shape = {
    x: x - width / 2 + gap,
    y: y - height / 2 + gap,
    width: width - 2 * gap,
    height: height - 2 * gap,
  };
  return { type: 'rect', shape, style };
}

function cellMark(
  cell: HeatCell,
  middle: PixelPoint,
  size: Size,
  quantity: Quantity,
  look: PanelStyle,
): ChartOption {
  const { style, scale } = look;
  const { faint, empty } = inksOf(style);
  if (cell.mean === null) {
    const dash = [2.5 * style.lineWidth, 2.5 * style.lineWidth];
    // many small places would be nothing but edges
    const isSmall = Math.min(size.width, size.height) < style.fontSize;
    const edge = { stroke: faint, lineWidth: style.lineWidth / 2, lineDash: dash };
    const box = { fill: empty, ...(isSmall ? {} : edge) };
    const words = cell.state === 'not in the study' ? ['not in', 'the study'] : [cell.state];
    return groupMark([
      rectangle(middle, size, 0.8 * style.lineWidth, box),
      ...lines(
        words.map((text) => ({ text, weight: 'normal', scale: 0.85 })),
        middle,
        size,
        style,
        faint,
      ),
    ]);
  }
  const colour = mapColour((cell.mean * quantity.scale - scale.low) / (scale.high - scale.low), style);
  const words = [
    { text: quantityText(quantity, cell.mean), weight: 'bold', scale: 1 },
    ...(look.tellsSpread
      ? [
          { text: spreadText(quantity, cell) || 'no interval', weight: 'normal', scale: 0.85 },
          { text: nText(cell.seeds), weight: 'normal', scale: 0.8 },
        ]
      : []),
  ];
  return groupMark([
    rectangle(middle, size, style.lineWidth / 3, { fill: colour }),
    ...lines(words, middle, size, style, inkOn(colour)),
  ]);
}

function marginalMark(
  mean: Marginal | null,
  middle: PixelPoint,
  size: Size,
  quantity: Quantity,
  { style, tellsSpread }: PanelStyle,
): ChartOption {
  const { ink, faint } = inksOf(style);
  if (!mean) return groupMark(lines([{ text: '–', weight: 'normal', scale: 1 }], middle, size, style, faint));
  const reach = spreadText(quantity, mean) || 'no interval';
  const words = [
    { text: quantityText(quantity, mean.mean), weight: 'bold', scale: 1 },
    ...(tellsSpread ? [{ text: reach, weight: 'normal', scale: 0.85 }] : []),
    // without seeds that all of its cells have it is the mean of their means
    ...(!tellsSpread || mean.seeds === 0 ? [] : [{ text: nText(mean.seeds), weight: 'normal', scale: 0.8 }]),
  ];
  return groupMark(lines(words, middle, size, style, ink));
}

interface Line {
  readonly text: string;
  readonly weight: string;
  /** Of the chart's font size. */
  readonly scale: number;
}

/** Below this share of the chart's font size words cannot be read. */
const LEAST = 0.7;

/**
 * Lines in the middle of a cell, smaller where the cell is small, so that they stay inside; the first alone where all of
 * them could not be read, and none where that could not either.
 */
function lines(
  words: readonly Line[],
  [x, y]: PixelPoint,
  size: Size,
  style: ChartStyle,
  fill: string,
): ChartOption[] {
  const { fontSize, fontFamily } = style;
  const high = words.reduce((sum, line) => sum + 1.2 * line.scale * fontSize, 0);
  const wide = Math.max(
    ...words.map(
      ({ text, weight, scale }) => (weight === 'bold' ? BOLD : 1) * textWidth(text, scale * fontSize),
    ),
  );
  const inside = { width: size.width - 0.3 * fontSize, height: size.height - 0.2 * fontSize };
  const shrink = Math.min(1, inside.height / high, inside.width / wide);
  if (shrink < LEAST) return words.length > 1 ? lines(words.slice(0, 1), [x, y], size, style, fill) : [];
  let top = y - (high * shrink) / 2;
  return words.map(({ text, weight, scale }) => {
    const own = scale * fontSize * shrink;
    top += 1.2 * own;
    return textMark(text, [x, top - 0.6 * own], {
      align: 'center',
      fontSize: own,
      fontFamily,
      fontWeight: weight,
      fill,
    });
  });
}

function valuesOf({ panels }: HeatMapData): number[] {
  return panels.flatMap(({ cells }) => cells.flatMap(({ mean }) => mean ?? []));
}

function tooltipLines({ cell, marginal, of, panel }: CellDatum, data: HeatMapData): string[] {
  const { quantity } = data;
  const { x, y } = axesOf(data, data.panels[panel] ?? {});
  if (cell) {
    const place = `${x.title} ${x.labels[cell.column] ?? ''}, ${y.title} ${y.labels[cell.row] ?? ''}`;
    if (cell.mean === null) return [place, cell.state, cell.leftOut];
    const count = data.ofRuns ? '' : `, ${countText([cell])}`;
    return [place, `${intervalText(quantity, cell)}${count}`, cell.leftOut];
  }
  if (!marginal) return [`mean over ${of}`, 'not every cell has a run'];
  return [`mean over ${of}`, `${intervalText(quantity, marginal)}, ${countText([marginal])}`];
}
