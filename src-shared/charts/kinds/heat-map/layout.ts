import { meanText } from '../../cells/count-text.ts';
import { type ChartStyle, NO_INSETS } from '../../chart-style.ts';
import { heading, type Heading } from '../../heading.ts';
import type { Box } from '../../plot-frame.ts';
import { fittingTexts } from '../../text-width.ts';
import { TILTED_LINE } from '../../thin-labels.ts';
import { isSilent, labelHeight, marginalLabels, widest, widestLabel, wordsAlong } from './axis-words.ts';
import { lowestPlace, type Size, type Told, toldIn, turnedHeight, waysOfMeans } from './cell-words.ts';
import { type HeatAxis, type HeatMapData, meansOf, tellsSpread } from './data.ts';

/** Of the chart's width or height, what labels may take. */
const MOST_LABELS = 0.35;

/** Labels that leave room for the map; the whole words are in the tooltips and in the table. */
export function withFittingLabels(data: HeatMapData, { fontSize, width, height }: ChartStyle): HeatMapData {
  const fit = (axis: HeatAxis, room: number): HeatAxis => ({
    ...axis,
    labels: fittingTexts(axis.labels, fontSize, room),
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

interface Layout {
  readonly panels: readonly Box[];
  readonly bar: Box;
  readonly side: BarSide;
  /** What of the numbers has room. */
  readonly told: Told;
  /** The axes at which not every place has its name. */
  readonly unnamed: readonly HeatAxis[];
}

/** Where the colour bar is. */
export type BarSide = 'right' | 'below';

/** Maps below a heading that says what has room in them. */
export function layOutMaps(data: HeatMapData, style: ChartStyle): Layout & { readonly head: Heading } {
  let head = heading(style, notesOf(data), []);
  let layout = layOut(data, style, head.height);
  // longer notes leave less room, in which less may be told
  for (let round = 0; round < ROUNDS && (layout.told !== 'all' || layout.unnamed.length > 0); round++) {
    head = heading(style, notesOf(data, layout), []);
    layout = layOut(data, style, head.height);
  }
  return { ...layout, head };
}

const ROUNDS = 2;

function notesOf(
  data: HeatMapData,
  { told, unnamed }: Pick<Layout, 'told' | 'unnamed'> = { told: 'all', unnamed: [] },
): string[] {
  const { marginals, notes, ofRuns } = data;
  const means = meansOf(data);
  return [
    ofRuns || means.length === 0 ? '' : spokenMeans(meanText(means), told),
    marginals ? 'margins: means over rows and columns, seeds as blocks' : '',
    ...(ofRuns ? [] : unnamed.map(({ title }) => `not every value of ${title} has room for its name`)),
    ...notes,
  ];
}

/** What the marks are, as far as they are drawn. */
function spokenMeans(all: string, told: Told): string {
  if (all === '' || told === 'all') return all;
  if (told === 'some') return 'mean, by its colour; not every place has room for its number';
  if (told === 'nothing') return 'mean, by its colour; there is no room for numbers';
  return all.includes('interval') && !all.includes('no interval')
    ? 'mean; there is no room for its interval and n'
    : all;
}

/** Panels in a grid, the colour bar at the right of them all or below. */
function layOut(data: HeatMapData, style: ChartStyle, top: number): Layout {
  const { fontSize, width, height } = style;
  const { panels } = data;
  const side = sideOfBar(data, style);
  const under = side === 'below' ? BAR_BELOW * fontSize : 0;
  const insets = panels.length > 1 ? NO_INSETS : (style.insets ?? NO_INSETS);
  const right = Math.max(besideMaps(side) * fontSize, insets.right);
  const gapTop = panels.length > 1 ? 2 * fontSize : Math.max(0, insets.top - top);
  const inner = { width: width - right, height: height - top - under };
  const columns = columnsOf(data, style, top, side);
  const rows = Math.ceil(panels.length / columns);
  const size = { width: inner.width / columns, height: inner.height / rows };
  // the height that is left below labels which lie level
  const plotHeight = size.height - gapTop - 3.25 * fontSize;
  const leftOf = (tall: number): number =>
    isSilent(data, 'y', style) ? 0.3 * fontSize : 2.55 * fontSize + widestLabel(data, tall, fontSize);
  const widthFrom = (left: number): number => Math.max(1, size.width - left - 0.3 * fontSize);
  const bottomOf = (wide: number): number => Math.max(insets.bottom - under, wordsBelow(data, wide, style));
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
  const [first = { left, top, width: 1, height: 1 }] = boxes;
  const bar =
    side === 'right'
      ? { left: width - 5.6 * fontSize, top: top + gapTop, width: fontSize, height: first.height }
      : { left, top: height - (BAR_BELOW - 0.3) * fontSize, width: inner.width - left, height: fontSize };
  return { panels: boxes, bar, side, ...roomIn(data, first, fontSize) };
}

function wordsBelow(data: HeatMapData, wide: number, style: ChartStyle): number {
  const { fontSize } = style;
  return isSilent(data, 'x', style) ? 0.5 * fontSize : labelHeight(data, wide, fontSize) + 2.25 * fontSize;
}

/** What has room in maps of this size. */
function roomIn(data: HeatMapData, map: Size, fontSize: number): Pick<Layout, 'told' | 'unnamed'> {
  const [columns, rows] = placesOf(data);
  const place = { width: map.width / columns, height: map.height / rows };
  const lacks = (side: 'x' | 'y'): boolean => {
    const length = side === 'x' ? map.width : map.height;
    const axis = data[side];
    // the only cell has no name at all
    if (axis.groups !== undefined || axis.isSilent === true) return false;
    const { labels } = wordsAlong(axis, data, { side, length, fontSize });
    return axis.labels.some((label, place) => label !== '' && labels[place] === '');
  };
  return {
    told: toldIn(data, place, fontSize),
    unnamed: (['x', 'y'] as const).flatMap((side) => (lacks(side) ? [data[side]] : [])),
  };
}

/** The columns and rows of a map, with the margins. */
function placesOf({ x, y, marginals }: HeatMapData): readonly [columns: number, rows: number] {
  const edge = marginals ? 1 : 0;
  return [x.labels.length + edge, y.labels.length + edge];
}

/** Font sizes: of the colour bar with its numbers and title, and of a map at least, across and down, without its words. */
const BAR = 6.4;
const BAR_BELOW = 4.4;
const LEAST_WIDTH = 9;
const LEAST_HEIGHT = 11;
/** Above a map and below it, with labels that are tilted. */
const WORDS_ABOVE_AND_BELOW = 8;

/** A row of a map of few; and how narrow one of several maps of means may be. */
const LEAST_ROW = 1.7;
const NARROWEST = 6;
/** Of more rows, as of layers, colours are read and not numbers. */
const MOST_ROWS = 14;
/** How narrow all of a map may be beside the colour bar. */
const LEAST_BESIDE = 3;

/** In font sizes; the last number of a bar below reaches beyond it. */
function besideMaps(side: BarSide): number {
  return side === 'right' ? BAR : 1;
}

/** Below the maps where they are so narrow that beside them the bar would take the room of their numbers. */
function sideOfBar(data: HeatMapData, style: ChartStyle): BarSide {
  if (style.interactive || data.ofRuns) return 'right';
  const { fontSize } = style;
  const readable = (side: BarSide): number => {
    const width = placeWidth(data, style, side);
    const isWide = width * placesOf(data)[0] >= LEAST_BESIDE * fontSize;
    const names = width >= TILTED_LINE * fontSize ? 1 : 0;
    return isWide ? { level: 4, turned: 2, nothing: 0 }[waysOfMeans(data, width, fontSize)] + names : -1;
  };
  const beside = readable('right');
  if (beside === -1) return 'below';
  if (placesOf(data)[1] > MOST_ROWS) return 'right';
  return beside < 4 && readable('below') > Math.max(beside, 1) ? 'below' : 'right';
}

/** The width of a place of a map that stands alone in its row. */
function placeWidth(data: HeatMapData, style: ChartStyle, side: BarSide): number {
  const { fontSize, width } = style;
  const words = isSilent(data, 'y', style) ? 0.3 : 2.55;
  const names = isSilent(data, 'y', style)
    ? 0
    : widest([...data.y.labels, ...marginalLabels(data)], fontSize);
  const room = width - names - (words + 0.3 + besideMaps(side)) * fontSize;
  return Math.max(1, room) / placesOf(data)[0];
}

/** The least height of a row of places: below a narrow map the bar takes height, and means may be turned. */
function leastRow(data: HeatMapData, style: ChartStyle): number {
  const { fontSize } = style;
  if (placesOf(data)[1] > MOST_ROWS) return 0;
  const isTurned = waysOfMeans(data, placeWidth(data, style, 'below'), fontSize) === 'turned';
  return Math.max(LEAST_ROW * fontSize, isTurned ? turnedHeight(data, fontSize) : 0);
}

/** Pixels of a map with its words, at least. */
function leastHeight({ y, ofRuns }: HeatMapData, { fontSize }: ChartStyle): number {
  const map = ofRuns ? LEAST_HEIGHT : Math.min(LEAST_HEIGHT, LEAST_ROW * y.labels.length);
  return (map + WORDS_ABOVE_AND_BELOW) * fontSize;
}

/** How many maps stand side by side below a heading of this height. */
function columnsOf(data: HeatMapData, style: ChartStyle, top: number, side: BarSide): number {
  if (data.ofRuns) return columnsOfRuns(data, style);
  const count = data.panels.length;
  const { fontSize } = style;
  const [width, height] = [style.width - besideMaps(side) * fontSize, style.height - top];
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

/** How much higher than asked a map may be so that its numbers have room below long notes. */
const MOST_GROWTH = 1.6;

/** As high as asked, or as the words of its places need where these are not many. @param top of the map */
function heightBeside(data: HeatMapData, style: ChartStyle, top: number): number {
  const { fontSize, height } = style;
  const width = placeWidth(data, style, 'right');
  const [columns, rows] = placesOf(data);
  const below = wordsBelow(data, columns * width, style);
  const needed = [tellsSpread(data), false].map((isWithSpread) => {
    const place = lowestPlace(data, isWithSpread, width, fontSize);
    return place === null ? Infinity : top + rows * place + below;
  });
  return Math.max(height, needed.find((each) => each <= MOST_GROWTH * height) ?? 0);
}

/** How high maps are: as asked, or so high that each of several, of runs, or above its colour bar can be read. */
export function heightOfMaps(whole: HeatMapData, style: ChartStyle): number {
  const { fontSize } = style;
  const side = sideOfBar(whole, style);
  const isOne = whole.panels.length === 1 && !whole.ofRuns;
  const data = withFittingLabels(whole, style);
  const top = heading(style, notesOf(data), []).height;
  if (isOne && side === 'right') return heightBeside(data, style, top);
  const map = side === 'below' ? placesOf(data)[1] * leastRow(data, style) : 0;
  if (isOne) {
    const across = placesOf(data)[0] * placeWidth(data, style, side);
    return Math.max(style.height, top + map + wordsBelow(data, across, style) + BAR_BELOW * fontSize);
  }
  const rows = Math.ceil(data.panels.length / columnsOf(data, style, top, side));
  const under = side === 'below' ? BAR_BELOW * fontSize : 0;
  const each = Math.max(leastHeight(data, style), map === 0 ? 0 : map + WORDS_ABOVE_AND_BELOW * fontSize);
  return Math.max(style.height, top + rows * each + under);
}
