// one by one: ECharts’ own lists of them load twice as many modules, and each thread and command that draws would load them
import { install as CustomChart } from 'echarts/lib/chart/custom/install.js';
import { install as LineChart } from 'echarts/lib/chart/line/install.js';
import { install as ParallelChart } from 'echarts/lib/chart/parallel/install.js';
import { install as ScatterChart } from 'echarts/lib/chart/scatter/install.js';
import { install as GraphicComponent } from 'echarts/lib/component/graphic/install.js';
import { install as GridComponent } from 'echarts/lib/component/grid/install.js';
import { install as ParallelComponent } from 'echarts/lib/component/parallel/install.js';
import { install as SVGRenderer } from 'echarts/lib/renderer/installSVGRenderer.js';
import { type ECharts, init, setPlatformAPI, use } from 'echarts/core';
import '../../src-shared/charts/any-text.ts';
import { roundedAt } from '../../src-shared/numbers.ts';
import type { ChartOption, ChartStyle } from '../../src-shared/charts/chart-style.ts';
import { textWidth } from '../../src-shared/charts/text-width.ts';
import { overlayOf } from './overlay.ts';
import { htmlText } from '../../src-shared/html-text.ts';

use([
  CustomChart,
  LineChart,
  ParallelChart,
  ScatterChart,
  GraphicComponent,
  GridComponent,
  ParallelComponent,
  SVGRenderer,
]);
// Without a canvas ECharts guesses widths; it shall guess as the builders do.
setPlatformAPI({
  measureText: (text, font = '12px') => ({
    width: textWidth(text, parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? '12')),
  }),
});

/** A size in points. */
export interface FigureSize {
  readonly width: number;
  readonly height: number;
}

const POINTS_PER_MILLIMETRE = 72 / 25.4;

export function pointsOf(millimetres: number): number {
  return millimetres * POINTS_PER_MILLIMETRE;
}

/**
 * Draws an ECharts option as SVG without a page. One unit of the drawing is one point; the file states its size in
 * millimetres. What only a browser understands is taken out: Inkscape, librsvg and LaTeX's converters place text by
 * its baseline and ignore `dominant-baseline`, and the `ecmeta` attributes and hover styles mean something to
 * ECharts' own page only.
 */
export function drawSvg(option: ChartOption, size: FigureSize): string {
  return plainSvg(rendered(option, size), size);
}

/** The same with the reference lines and annotations of its style, and what of them there is no place for. */
export function drawSvgWithOverlay(
  option: ChartOption,
  style: ChartStyle,
): { readonly svg: string; readonly unmet: readonly string[] } {
  return withChart(option, style, (chart) => {
    const svg = plainSvg(chart.renderToSVGString(), style);
    const { elements, unmet } = overlayOf(chart, option, style, svg);
    if (elements.length === 0) return { svg, unmet };
    const { elements: before = [] } = (option['graphic'] ?? {}) as { readonly elements?: readonly unknown[] };
    chart.setOption({ ...option, graphic: { elements: [...before, ...elements] } }, { notMerge: true });
    return { svg: plainSvg(chart.renderToSVGString(), style), unmet };
  });
}

/**
 * The same for a page: each mark (`data-mark`) has the words of its tooltip as its title, which browsers show without any program.
 * @param option of an interactive style
 */
export function drawSvgWithTitles(option: ChartOption, size: FigureSize): string {
  const still = Object.fromEntries(Object.entries(option).filter(([part]) => !LIVELY.has(part)));
  const wordsOf = titlesOf(option['series'], option['tooltip']);
  const svg = rendered(still, size).replaceAll(MARK, (tag, place: string, datum: string) => {
    const words = tag.includes('ecmeta_silent') ? '' : wordsOf(Number(place), Number(datum));
    return words === '' ? tag : `${tag.slice(0, -1)} data-mark=""><title>${htmlText(words)}</title>`;
  });
  return plainSvg(svg, size);
}

/** The parts of an option that only a page moves. */
const LIVELY: ReadonlySet<string> = new Set(['tooltip', 'dataZoom', 'toolbox']);

/** The tag of a mark of some datum of a series. */
const MARK = /<\w+[^<>]* ecmeta_series_index="(\d+)" ecmeta_data_index="(\d+)"[^<>]*>/g;

function rendered(option: ChartOption, size: FigureSize): string {
  return withChart(option, size, (chart) => chart.renderToSVGString());
}

function withChart<Result>(
  option: ChartOption,
  { width, height }: FigureSize,
  draw: (chart: ECharts) => Result,
): Result {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return draw(chart);
  } finally {
    chart.dispose();
  }
}

/** What the tooltip of a chart says of a datum; empty where it says nothing of single ones. */
function titlesOf(series: unknown, tooltip: unknown): (place: number, datum: number) => string {
  const { formatter, trigger } = (tooltip ?? {}) as {
    readonly formatter?: (mark: { readonly data: unknown }) => string;
    readonly trigger?: string;
  };
  if (formatter === undefined || trigger !== 'item') return () => '';
  const all = series as readonly { readonly data?: readonly unknown[] }[];
  return (place, datum) => {
    const data = all[place]?.data?.[datum];
    return data === undefined ? '' : formatter({ data });
  };
}

/** The same without its size in millimetres, for those who reckon it as pixels: then a unit is what they take it for. */
export function withoutSize(svg: string): string {
  return svg.replace(/ width="[^"]*mm" height="[^"]*mm"/, '');
}

/** An SVG of this size with this in it. */
export function svgOf(size: FigureSize, content: string): string {
  return `${openTag(size)}\n${content}\n</svg>`;
}

function openTag({ width, height }: FigureSize): string {
  const millimetres = (points: number): string => `${roundedAt(points / POINTS_PER_MILLIMETRE, 2)}mm`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" ` +
    `width="${millimetres(width)}" height="${millimetres(height)}" viewBox="0 0 ${width} ${height}">`
  );
}

function plainSvg(svg: string, size: FigureSize): string {
  return (
    svg
      .replace(/^<svg[^>]*>/, openTag(size))
      .replaceAll(/<text[^>]*>/g, placedByBaseline)
      // ECharts counts its charts; the same figure shall be the same file however many were drawn before.
      .replaceAll(/(id="|url\(#)zr\d+-/g, '$1zr-')
      .replaceAll(/ (xml:space="preserve"|ecmeta_\w+="[^"]*"|class="[^"]*")/g, '')
      .replaceAll(/<style\s*>.*?<\/style>/gs, '')
  );
}

/** Of the font size, from the place that a text is aligned by down to its baseline. */
const DOWN_TO_BASELINE: Readonly<Record<string, number>> = { central: 0.35, 'text-before-edge': 0.9 };

function placedByBaseline(tag: string): string {
  const [, alignment = ''] = / dominant-baseline="([^"]*)"/.exec(tag) ?? [];
  const size = Number(/font-size:([\d.]+)px/.exec(tag)?.[1] ?? 0);
  const before = Number(/ y="([^"]*)"/.exec(tag)?.[1] ?? 0);
  const y = before + (DOWN_TO_BASELINE[alignment] ?? 0) * size;
  return tag
    .replace(/ dominant-baseline="[^"]*"/, '')
    .replace(/ y="[^"]*"/, '')
    .replace('<text', `<text y="${roundedAt(y, 3)}"`);
}
