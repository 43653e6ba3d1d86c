import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([CustomChart, LineChart, GridComponent, TitleComponent, SVGRenderer]);

/** Fonts that journals accept and that Inkscape, LaTeX converters and browsers find or replace alike. */
export const FONT = 'Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif';

export const INK = '#1a1a1a';
export const FAINT_INK = '#5f5f5f';
export const RULE = '#d9d9d9';

/** Cividis (Nuñez, Anderton and Renslow 2018): even in lightness, the same to colour-blind eyes and in grey. */
export const CIVIDIS = [
  '#00224e',
  '#123570',
  '#3b496c',
  '#575d6d',
  '#707173',
  '#8a8678',
  '#a59c74',
  '#c3b369',
  '#e1cc55',
  '#fee838',
];

/** Colour of the map at a position from 0 to 1. */
export function cividis(position: number): string {
  const place = Math.min(1, Math.max(0, position)) * (CIVIDIS.length - 1);
  const [low, high] = [Math.floor(place), Math.ceil(place)].map((index) => channels(CIVIDIS[index]));
  const mixed = (low ?? []).map((value, index) => value + ((high?.[index] ?? value) - value) * (place % 1));
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

/** Black or white, whichever is easier to read on a colour (WCAG's relative luminance). */
export function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? INK : '#ffffff';
}

function channels(colour = '#000000'): number[] {
  return [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly option: Readonly<Record<string, unknown>>;
}

/**
 * Draws an ECharts option as SVG without a page. What only a browser understands is taken out: Inkscape,
 * librsvg and LaTeX's converters place text by its baseline and ignore `dominant-baseline`, and the
 * `ecmeta` attributes and hover styles mean something to ECharts' own page only.
 */
export function drawSvg({ width, height, option }: Drawing): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    const textStyle = { fontFamily: FONT, color: INK };
    chart.setOption({ animation: false, backgroundColor: '#ffffff', textStyle, ...option });
    return `<?xml version="1.0" encoding="UTF-8"?>\n${plainSvg(chart.renderToSVGString())}\n`;
  } finally {
    chart.dispose();
  }
}

function plainSvg(svg: string): string {
  return svg
    .replaceAll(' dominant-baseline="central"', ' dy="0.35em"')
    .replaceAll(' dominant-baseline="text-before-edge"', ' dy="0.9em"')
    .replaceAll(/ (xml:space="preserve"|ecmeta_\w+="[^"]*"|class="[^"]*")/g, '')
    .replaceAll(/<style\s*>.*?<\/style>/gs, '');
}

/** What a custom series' `renderItem` needs of ECharts' coordinate system. */
export interface Coordinates {
  /** Pixels of a point given in the axes' units. */
  readonly coord: (point: readonly number[]) => [number, number];
}

/** A series that draws shapes of its own at each index from 0 to `count` - 1. */
export function shapes(
  gridIndex: number,
  count: number,
  draw: (index: number, coordinates: Coordinates) => unknown,
): Readonly<Record<string, unknown>> {
  return {
    type: 'custom',
    xAxisIndex: gridIndex,
    yAxisIndex: gridIndex,
    silent: true,
    data: Array.from({ length: count }, (_, index) => [index]),
    encode: { x: [], y: [] },
    renderItem: (params: { readonly dataIndex: number }, coordinates: Coordinates) =>
      draw(params.dataIndex, coordinates),
  };
}

/** Plain text as a title component: placed by its anchor point. */
export function caption(
  text: string,
  place: { readonly left: number; readonly top: number },
  style: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    text,
    padding: 0,
    ...place,
    textStyle: { fontFamily: FONT, color: INK, fontWeight: 'normal', ...style },
  };
}

/** A share of one in percent with one decimal, e.g. `81.2`. */
export function percent(share: number): string {
  return (100 * share).toFixed(1);
}

/** A step of 1, 2 or 5 times a power of ten that divides a range into about `parts`. */
export function niceStep(range: number, parts: number): number {
  const rough = range / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
}

/** A range widened to whole steps. */
export function niceRange(low: number, high: number, step: number): readonly [number, number] {
  const exact = (value: number) => Number(value.toPrecision(12));
  return [exact(Math.floor(low / step) * step), exact(Math.ceil(high / step) * step)];
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
