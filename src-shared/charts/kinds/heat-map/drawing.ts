import { countText } from '../../cells/count-text.ts';
import { groupBorders } from '../../axis-groups.ts';
import { axisTitle, baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import { colourBar, type ColourScale } from '../../colour-bar.ts';
import { colourScale } from '../../colour-scale.ts';
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
import { intervalText, type Quantity } from '../../quantity.ts';
import { fittingText, fittingTexts } from '../../text-width.ts';
import { tooltipOption } from '../../tooltip.ts';
import { isSilent, labelHeight, widestLabel, wordsAlong } from './axis-words.ts';
import { cellLines, emptyLines, lineMarks, NO_MEAN, type Size, type Told } from './cell-words.ts';
import {
  axesOf,
  type HeatAxis,
  type HeatCell,
  type HeatMapData,
  type HeatPanel,
  type Marginal,
  tellsSpread,
} from './data.ts';
import { layOutMaps, withFittingLabels } from './layout.ts';

/**
 * A map of two settings: in each cell the mean, its 95 % interval and n; a cell without finished
 * runs, or one that the study does not have, is drawn empty and says so. Above and at the right the means over columns
 * and rows. Each datum carries `cell` (of HeatCell) for a click.
 */
export function heatMapOption(whole: HeatMapData, style: ChartStyle): ChartOption {
  const data = withFittingLabels(whole, style);
  const scale = colourScale(data.quantity, valuesOf(data), data.colours);
  const { head, ...layout } = layOutMaps(data, style);
  const look = { scale, tellsSpread: tellsSpread(data), told: layout.told, style };
  const panels = data.panels.map((panel, index) => ({
    panel,
    index,
    box: layout.panels[index] ?? layout.bar,
  }));
  const titles = fittingTexts(
    data.panels.map(({ label }) => label),
    style.fontSize,
    (place) => panels[place]?.box.width ?? 0,
  );
  const bar = colourBar(scale, panels.length, layout.bar, style, layout.side);
  return {
    ...baseOption(style),
    graphic: {
      elements: [
        ...head.elements,
        ...panels.flatMap(({ box, index }) => panelTitle(titles[index] ?? '', box, style)),
      ],
    },
    grid: [...panels.map(({ box }) => box), layout.bar].map((box) => ({ ...box, outerBoundsMode: 'none' })),
    xAxis: [...panels.map((panel) => axis(data, 'x', panel, style)), bar.xAxis],
    yAxis: [...panels.map((panel) => axis(data, 'y', panel, style)), bar.yAxis],
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as CellDatum, whole)),
    }),
    series: [
      ...panels.map(({ panel, index, box }) => panelSeries(panel, data, { ...look, box, index })),
      ...panels.map((panel) => groupLines(axesOf(data, panel.panel), panel, style)),
      bar.series,
    ],
  };
}

interface PlacedPanel {
  readonly panel: HeatPanel;
  readonly index: number;
  readonly box: Box;
}

function panelTitle(text: string, box: Box, style: ChartStyle): ChartOption[] {
  if (text === '') return [];
  const { fontSize, fontFamily } = style;
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
    data: words.isTilted ? tiltedIn(box, words.labels, fontSize) : words.labels,
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
function tiltedIn(box: Box, labels: readonly string[], fontSize: number): string[] {
  return fittingTexts(labels, fontSize, (place) => {
    const end = box.left + ((place + 0.5) * box.width) / labels.length;
    return end / Math.SQRT1_2 - 0.8 * fontSize;
  });
}

interface PanelStyle {
  readonly scale: ColourScale;
  /** Whether numbers are with interval and n. */
  readonly tellsSpread: boolean;
  readonly told: Told;
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
    return groupMark([
      rectangle(middle, size, 0.8 * style.lineWidth, box),
      ...lineMarks(emptyLines(cell), middle, size, style, faint),
    ]);
  }
  const colour = mapColour((cell.mean * quantity.scale - scale.low) / (scale.high - scale.low), style);
  return groupMark([
    rectangle(middle, size, style.lineWidth / 3, { fill: colour }),
    ...lineMarks(cellLines(cell, quantity, look.tellsSpread), middle, size, style, inkOn(colour), look.told),
  ]);
}

function marginalMark(
  mean: Marginal | null,
  middle: PixelPoint,
  size: Size,
  quantity: Quantity,
  { style, tellsSpread, told }: PanelStyle,
): ChartOption {
  const { ink, faint } = inksOf(style);
  const lines = mean ? cellLines(mean, quantity, tellsSpread) : NO_MEAN;
  return groupMark(lineMarks(lines, middle, size, style, mean ? ink : faint, told));
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
