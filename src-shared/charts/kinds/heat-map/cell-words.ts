import { nText } from '../../../numbers.ts';
import type { ChartOption, ChartStyle } from '../../chart-style.ts';
import { type PixelPoint, textMark } from '../../marks.ts';
import { type Quantity, quantityText, spreadText } from '../../quantity.ts';
import { BOLD, textWidth } from '../../text-width.ts';
import { type HeatCell, type HeatMapData, type Marginal, meansOf, tellsSpread } from './data.ts';

/** Of a place of a map. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Line {
  readonly text: string;
  readonly weight: 'bold' | 'normal';
  /** Of the chart's font size. */
  readonly scale: number;
}

/** What of all there is to say has room in the places of a map: with `some` only some of its means. */
export type Told = 'all' | 'means' | 'turned means' | 'some' | 'nothing';

/** What stands in a place with runs: the mean, and where means are over several seeds its interval and n. */
export function cellLines(cell: HeatCell | Marginal, quantity: Quantity, isWithSpread: boolean): Line[] {
  const mean = { text: quantityText(quantity, cell.mean ?? NaN), weight: 'bold', scale: 1 } as const;
  if (!isWithSpread) return [mean];
  const reach = spreadText(quantity, cell) || 'no interval';
  return [
    mean,
    { text: reach, weight: 'normal', scale: 0.85 },
    // without seeds that all cells of a margin have it is the mean of their means
    ...(cell.seeds === 0 ? [] : [{ text: nText(cell.seeds), weight: 'normal', scale: 0.8 } as const]),
  ];
}

/** What stands in a place without. */
export function emptyLines({ state }: HeatCell): Line[] {
  const words = state === 'no such cell' ? ['no such', 'cell'] : [state];
  return words.map((text) => ({ text, weight: 'normal', scale: 0.85 }));
}

export const NO_MEAN: readonly Line[] = [{ text: '–', weight: 'normal', scale: 1 }];

/** Below this share of the chart's font size words cannot be read. */
const LEAST = 0.7;

interface Fit {
  readonly shrink: number;
  /** They run upwards. */
  readonly isTurned: boolean;
}

/** How lines stay inside a place, smaller where it is small and turned where it is narrow; null where they could not be read. */
function fitOf(lines: readonly Line[], size: Size, fontSize: number): Fit | null {
  const level = shrinkIn(lines, size, fontSize);
  if (level >= LEAST) return { shrink: level, isTurned: false };
  const turned = turnedShrink(lines, size, fontSize);
  return turned >= LEAST ? { shrink: turned, isTurned: true } : null;
}

function shrinkIn(lines: readonly Line[], { width, height }: Size, fontSize: number): number {
  const high = lines.reduce((sum, { scale }) => sum + 1.2 * scale * fontSize, 0);
  const wide = Math.max(...lines.map((line) => lineWidth(line, fontSize)));
  return Math.min(1, (height - 0.2 * fontSize) / high, (width - 0.3 * fontSize) / wide);
}

/** Several lines beside each other would need more width than they have above each other. */
function turnedShrink(lines: readonly Line[], { width, height }: Size, fontSize: number): number {
  return lines.length > 1 ? 0 : shrinkIn(lines, { width: height, height: width }, fontSize);
}

function lineWidth({ text, weight, scale }: Line, fontSize: number): number {
  return (weight === 'bold' ? BOLD : 1) * textWidth(text, scale * fontSize);
}

/** The height of a place that has room for its mean alone, turned. */
export function turnedHeight(data: HeatMapData, fontSize: number): number {
  const widths = placesOf(data, false).map((lines) =>
    Math.max(...lines.map((line) => lineWidth(line, fontSize))),
  );
  return LEAST * Math.max(0, ...widths) + 0.35 * fontSize;
}

/** How the means would stand in places of this width that are as high as they need. */
export function waysOfMeans(
  data: HeatMapData,
  width: number,
  fontSize: number,
): 'level' | 'turned' | 'nothing' {
  const fits = placesOf(data, false).map((lines) => fitOf(lines, { width, height: Infinity }, fontSize));
  if (fits.some((fit) => fit === null)) return 'nothing';
  return fits.some((fit) => fit?.isTurned) ? 'turned' : 'level';
}

/** The least height of places of this width in which all lines, or the means alone, can be read level; null where none is enough. */
export function lowestPlace(
  data: HeatMapData,
  isWithSpread: boolean,
  width: number,
  fontSize: number,
): number | null {
  const all = placesOf(data, isWithSpread);
  const isWide = all.every((lines) => shrinkIn(lines, { width, height: Infinity }, fontSize) >= LEAST);
  if (!isWide) return null;
  const most = Math.max(0, ...all.map((lines) => lines.reduce((sum, { scale }) => sum + 1.2 * scale, 0)));
  return (LEAST * most + 0.2) * fontSize + ROUNDING;
}

const ROUNDING = 0.01;

/** What has room in a map with such places: in all of them the same, if it can be. */
export function toldIn(data: HeatMapData, place: Size, fontSize: number): Told {
  const isLevel = (lines: readonly Line[]): boolean => shrinkIn(lines, place, fontSize) >= LEAST;
  if (placesOf(data, tellsSpread(data)).every(isLevel)) return 'all';
  const means = placesOf(data, false);
  if (means.every(isLevel)) return 'means';
  if (means.every((lines) => turnedShrink(lines, place, fontSize) >= LEAST)) return 'turned means';
  return means.some((lines) => fitOf(lines, place, fontSize) !== null) ? 'some' : 'nothing';
}

function placesOf(data: HeatMapData, isWithSpread: boolean): Line[][] {
  return meansOf(data).map((place) => cellLines(place, data.quantity, isWithSpread));
}

/** Lines in the middle of a place, as far as they have room there or, of means, in all places of the map. */
export function lineMarks(
  all: readonly Line[],
  [x, y]: PixelPoint,
  size: Size,
  { fontSize, fontFamily }: ChartStyle,
  fill: string,
  told: Told = 'all',
): ChartOption[] {
  const lines = told === 'all' ? all : all.slice(0, 1);
  const fit =
    told === 'turned means'
      ? { shrink: turnedShrink(lines, size, fontSize), isTurned: true }
      : fitOf(lines, size, fontSize);
  if (!fit) return [];
  const { shrink, isTurned } = fit;
  let top = y - lines.reduce((sum, { scale }) => sum + 0.6 * scale * fontSize * shrink, 0);
  return lines.map(({ text, weight, scale }) => {
    const own = scale * fontSize * shrink;
    top += 1.2 * own;
    const words = { align: 'center', fontSize: own, fontFamily, fontWeight: weight, fill };
    if (!isTurned) return textMark(text, [x, top - 0.6 * own], words);
    return { ...textMark(text, [0, 0], words), x, y, rotation: Math.PI / 2 };
  });
}
