import type { ChartOption } from './chart-style.ts';
import type { SymbolName } from './palette.ts';

export type PixelPoint = readonly [x: number, y: number];

/** What a custom series' `renderItem` needs of ECharts' coordinate system. */
export interface Coordinates {
  /** Pixels of a point given in the axes' units. */
  readonly coord: (point: readonly number[]) => [number, number];
}

/** One datum of a custom series, with what a tooltip or a click is told. */
export interface ShapeDatum {
  /** Value on the x axis and on the y axis, for the axes' pointer. */
  readonly value: readonly number[];
  readonly [detail: string]: unknown;
}

/** A series that draws its data in shapes of its own; x and y are the first two values of a datum. */
export function shapeSeries(
  data: readonly ShapeDatum[],
  draw: (index: number, coordinates: Coordinates) => ChartOption | null,
  more: ChartOption = {},
): ChartOption {
  return {
    type: 'custom',
    data: data.map(uncopied),
    encode: { x: 0, y: 1 },
    renderItem: (params: { readonly dataIndex: number }, coordinates: Coordinates) =>
      draw(params.dataIndex, coordinates),
    ...more,
  };
}

/**
 * A datum that ECharts takes as it is. It copies others with all that they hold, some more than once: with the runs of a
 * mean at each of its runs that takes seconds.
 */
export function uncopied<Datum extends object>(datum: Datum): Datum {
  return { ...datum, __ec_primitive__: true };
}

/** Corners in units of the radius, y downwards. */
const CORNERS: Readonly<Record<Exclude<SymbolName, 'circle'>, readonly PixelPoint[]>> = {
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  diamond: [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
  triangle: [
    [0, -1.2],
    [1.15, 0.9],
    [-1.15, 0.9],
  ],
  'inverted triangle': [
    [0, 1.2],
    [1.15, -0.9],
    [-1.15, -0.9],
  ],
  cross: [
    [-0.45, -1.2],
    [0.45, -1.2],
    [0.45, -0.45],
    [1.2, -0.45],
    [1.2, 0.45],
    [0.45, 0.45],
    [0.45, 1.2],
    [-0.45, 1.2],
    [-0.45, 0.45],
    [-1.2, 0.45],
    [-1.2, -0.45],
    [-0.45, -0.45],
  ],
};

/** A symbol around a point. */
export function symbolMark(
  symbol: SymbolName,
  [x, y]: PixelPoint,
  radius: number,
  style: ChartOption,
): ChartOption {
  if (symbol === 'circle') return { type: 'circle', shape: { cx: x, cy: y, r: radius }, style };
  const points = CORNERS[symbol].map(([dx, dy]) => [x + dx * radius, y + dy * radius]);
  return { type: 'polygon', shape: { points }, style };
}

export function lineMark([x1, y1]: PixelPoint, [x2, y2]: PixelPoint, style: ChartOption): ChartOption {
  return { type: 'line', shape: { x1, y1, x2, y2 }, style };
}

/** An upright interval between two heights, with caps of this half width. */
export function uprightInterval(
  x: number,
  low: number,
  high: number,
  cap: number,
  style: ChartOption,
): ChartOption {
  const children = [
    lineMark([x, low], [x, high], style),
    lineMark([x - cap, low], [x + cap, low], style),
    lineMark([x - cap, high], [x + cap, high], style),
  ];
  return { type: 'group', children };
}

/** The same lying down. */
export function levelInterval(
  y: number,
  low: number,
  high: number,
  cap: number,
  style: ChartOption,
): ChartOption {
  const children = [
    lineMark([low, y], [high, y], style),
    lineMark([low, y - cap], [low, y + cap], style),
    lineMark([high, y - cap], [high, y + cap], style),
  ];
  return { type: 'group', children };
}

export function polylineMark(points: readonly PixelPoint[], style: ChartOption): ChartOption {
  return { type: 'polyline', shape: { points }, style: { fill: 'none', ...style } };
}

/** A line of words at a place, in the middle of its height. */
export function textMark(text: string, [x, y]: PixelPoint, style: ChartOption): ChartOption {
  return { type: 'text', style: { text, x, y, verticalAlign: 'middle', ...style } };
}

export function groupMark(children: readonly (ChartOption | null)[]): ChartOption {
  return { type: 'group', children: children.filter((child) => child !== null) };
}
