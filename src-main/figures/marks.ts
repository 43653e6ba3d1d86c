import { INK } from './figure-style.ts';
import type { Position } from './plot-frame.ts';

export const SYMBOLS = ['circle', 'square', 'diamond', 'triangle', 'inverted triangle', 'cross'] as const;
export type SymbolName = (typeof SYMBOLS)[number];

/** Corners in units of the radius, y downwards. */
const CORNERS: Readonly<Record<Exclude<SymbolName, 'circle'>, readonly (readonly [number, number])[]>> = {
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

/** A mean: a symbol with a dark edge, so that light colours show on white. */
export function meanMark(symbol: SymbolName, x: number, y: number, fill: string, radius = 5): unknown {
  const style = { fill, stroke: INK, lineWidth: 0.8 };
  if (symbol === 'circle') return { type: 'circle', shape: { cx: x, cy: y, r: radius }, style };
  const points = CORNERS[symbol].map(([dx, dy]) => [x + dx * radius, y + dy * radius]);
  return { type: 'polygon', shape: { points }, style };
}

/** An interval from y pixel `low` to `high`, with short caps. */
export function intervalBar(x: number, low: number, high: number, colour = INK): unknown[] {
  const style = { stroke: colour, lineWidth: 1.1 };
  const line = (x1: number, y1: number, x2: number, y2: number): unknown => ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style,
  });
  return [line(x, low, x, high), line(x - 3, low, x + 3, low), line(x - 3, high, x + 3, high)];
}

/** One run, faint beside the interval of its cell. */
export function runMark(x: number, y: number, fill: string): unknown {
  const style = { fill, stroke: INK, lineWidth: 0.5, opacity: 0.5 };
  return { type: 'circle', shape: { cx: x + RUN_OFFSET, cy: y, r: 2 }, style };
}

/** The runs of a cell given as shares of one; a single run is its cell's mean and drawn as that. */
export function runMarks(values: readonly number[], x: number, position: Position, fill: string): unknown[] {
  return values.length < 2 ? [] : values.map((value) => runMark(x, position.y(100 * value), fill));
}

/** Pixels from a cell's interval to its runs. */
export const RUN_OFFSET = 7;

export function polyline(points: readonly (readonly [number, number])[], style: object): unknown {
  return { type: 'polyline', shape: { points }, style: { fill: 'none', ...style } };
}
