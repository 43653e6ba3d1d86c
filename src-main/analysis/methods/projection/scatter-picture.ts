import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { fixed } from '../../../../src-shared/numbers.ts';
import { lookOf } from '../../../../src-shared/charts/palette.ts';
import { drawPng } from '../../../figures/draw-png.ts';
import { htmlText } from '../../../../src-shared/html-text.ts';
import type { Matrix } from '../../measures/matrix.ts';

/** Points of the SVG: side of the square, and of the legend beside it. */
const SIDE = 300;
const LEGEND = 90;
const MARGIN = 12;

/** Points of a map in the plane, in the colours and symbols of their classes, as PNG. */
export function scatterPicture(
  { rows, columns, values }: Matrix,
  labels: ArrayLike<number>,
  classes: readonly string[],
  description: string,
): Promise<Uint8Array> {
  const coordinate = (axis: number) => {
    const all = Array.from({ length: rows }, (_, row) => values[row * columns + axis] ?? 0);
    const [low = 0, high = 0] = extent(all);
    return all.map(scaleLinear([low, high], [MARGIN, SIDE - MARGIN]));
  };
  const [xs, ys] = [coordinate(0), coordinate(1)];
  const points = xs.map((x, row) => mark(labels[row] ?? 0, x, SIDE - (ys[row] ?? 0)));
  const names = classes.map((name, label) => {
    const y = MARGIN + 11 * (label + 0.5);
    return `${mark(label, SIDE + 6, y)}<text x="${SIDE + 13}" y="${y + 2.5}" font-size="8">${htmlText(name)}</text>`;
  });
  const height = Math.max(SIDE, 2 * MARGIN + 11 * classes.length);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE + LEGEND}" height="${height}" viewBox="0 0 ${SIDE + LEGEND} ${height}"><rect width="${SIDE}" height="${SIDE}" fill="none" stroke="#cccccc"/>${points.join('')}${names.join('')}</svg>`;
  return drawPng(svg, 144, description);
}

const SIZE = 2.6;

function mark(label: number, x: number, y: number): string {
  const { colour, symbol } = lookOf(label);
  const [left, right, top, bottom] = [x - SIZE, x + SIZE, y - SIZE, y + SIZE].map((value) => fixed(value, 1));
  const paint = `fill="${colour}" fill-opacity="0.75"`;
  switch (symbol) {
    case 'circle':
      return `<circle cx="${fixed(x, 1)}" cy="${fixed(y, 1)}" r="${SIZE}" ${paint}/>`;
    case 'square':
      return `<path d="M${left} ${top}H${right}V${bottom}H${left}Z" ${paint}/>`;
    case 'diamond':
      return `<path d="M${x} ${top}L${right} ${y}L${x} ${bottom}L${left} ${y}Z" ${paint}/>`;
    case 'triangle':
      return `<path d="M${x} ${top}L${right} ${bottom}H${left}Z" ${paint}/>`;
    case 'inverted triangle':
      return `<path d="M${x} ${bottom}L${right} ${top}H${left}Z" ${paint}/>`;
    case 'cross':
      return `<path d="M${left} ${top}L${right} ${bottom}M${left} ${bottom}L${right} ${top}" stroke="${colour}"/>`;
  }
}
