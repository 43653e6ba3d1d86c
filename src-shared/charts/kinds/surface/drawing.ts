import { nText } from '../../../numbers.ts';
import { baseOption, type ChartOption, type ChartStyle } from '../../chart-style.ts';
import { colourBarAxis, colourBarSeries } from '../../colour-bar.ts';
import { greatest } from 'd3-array';
import {
  groupMark,
  type PixelPoint,
  polylineMark,
  type ShapeDatum,
  shapeSeries,
  symbolMark,
  textMark,
} from '../../marks.ts';
import { inkOn, mapColour } from '../../palette.ts';
import { plotFrame } from '../../plot-frame.ts';
import { quantityText } from '../../quantity.ts';
import { steppedTicks, stepText } from '../../ticks.ts';
import { tooltipOption } from '../../tooltip.ts';
import type { SurfaceCell, SurfaceData } from './data.ts';
import { type HeightMap, heightMap } from './height-map.ts';

/**
 * The height of the surface as colours with contours, and the means of the cells as circles in the same colours, so that one that
 * lies off the surface stands out. Each datum of a cell carries `runs` (ids) and `cell`.
 */
export function surfaceOption(data: SurfaceData, style: ChartStyle): ChartOption {
  const { quantity, x, y, cells } = data;
  const { fontSize } = style;
  const map = heightMap(data);
  const frame = plotFrame(style, {
    x: { kind: 'places', name: x.title, places: x.places },
    y: { kind: 'places', name: y.title, places: y.places },
    notes: ['circles: means of the cells, in the colours of the surface', ...data.notes],
    legend: [],
    right: 6.4 * fontSize,
    rules: 'none',
  });
  const { box, option } = frame;
  const bar = { left: style.width - 5.6 * fontSize, top: box.top, width: fontSize, height: box.height };
  const text = stepText(map.step);
  const scale = {
    ...{ titles: [quantity.axis, quantity.title], low: map.low, high: map.high },
    ...{ ticks: steppedTicks(map.low, map.high, map.step), text },
  };
  const means = cells.map((cell): CellDatum => ({ value: [cell.x, cell.y], cell, runs: cell.runs }));
  return {
    ...baseOption(style),
    graphic: option['graphic'],
    grid: [option['grid'], { ...bar, outerBoundsMode: 'none' }],
    xAxis: [option['xAxis'], { gridIndex: 1, type: 'value', min: 0, max: 1, show: false }],
    yAxis: [option['yAxis'], colourBarAxis(scale, 1, bar, style)],
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as CellDatum, data)),
    }),
    series: [
      heightSeries(map, style),
      contourSeries(map, data, style),
      shapeSeries(
        means,
        (place, { coord }) => {
          const { cell, value = [] } = means[place] ?? {};
          if (!cell) return null;
          const fill = mapColour(shareOf(map, cell.mean * quantity.scale), style);
          const edge = { stroke: inkOn(fill), lineWidth: 0.8 * style.lineWidth };
          return symbolMark('circle', coord(value), 0.55 * fontSize, { fill, ...edge });
        },
        style.interactive ? {} : { silent: true },
      ),
      colourBarSeries(map, 1, style),
    ],
  };
}

interface CellDatum extends ShapeDatum {
  readonly cell: SurfaceCell;
  readonly runs: readonly string[];
}

function shareOf({ low, high }: HeightMap, height: number): number {
  return (height - low) / (high - low);
}

/** A rectangle for each square of the map, reaching a little under the next ones, so that no seam shows. */
function heightSeries(map: HeightMap, style: ChartStyle): ChartOption {
  const { xs, ys, at } = map;
  return shapeSeries(
    [{ value: [xs[0] ?? 0, ys[0] ?? 0] }],
    (_, { coord }) =>
      groupMark(
        ys.slice(1).flatMap((_, row) =>
          xs.slice(1).map((_, column): ChartOption => {
            const [left, bottom] = coord([xs[column] ?? 0, ys[row] ?? 0]);
            const [right, top] = coord([xs[column + 1] ?? 0, ys[row + 1] ?? 0]);
            const corners = [
              at(column, row),
              at(column + 1, row),
              at(column, row + 1),
              at(column + 1, row + 1),
            ];
            const fill = mapColour(shareOf(map, corners.reduce((sum, height) => sum + height, 0) / 4), style);
            const shape = {
              ...{ x: Math.min(left, right), y: Math.min(top, bottom) },
              ...{ width: Math.abs(right - left) + 0.3, height: Math.abs(bottom - top) + 0.3 },
            };
            return { type: 'rect', shape, style: { fill } };
          }),
        ),
      ),
    { silent: true },
  );
}

function contourSeries(map: HeightMap, { cells }: SurfaceData, style: ChartStyle): ChartOption {
  const { fontFamily, lineWidth } = style;
  const fontSize = 0.85 * style.fontSize;
  return shapeSeries(
    [{ value: [map.xs[0] ?? 0, map.ys[0] ?? 0] }],
    (_, { coord }) => {
      const circles = cells.map(({ x, y }) => coord([x, y]));
      return groupMark(
        map.contours.flatMap(({ height, label, lines }) => {
          const ground = mapColour(shareOf(map, height), style);
          const ink = inkOn(ground);
          return lines.flatMap((line) => {
            const points = line.map((point) => coord(point));
            const middle = labelPlace(points, circles, 2 * fontSize);
            const halo = { textBorderColor: ground, textBorderWidth: 0.3 * fontSize };
            const words = { align: 'center', fontSize, fontFamily, fill: ink, stroke: ground, lineWidth: 2 };
            return [
              polylineMark(points, { stroke: ink, lineWidth: 0.6 * lineWidth, opacity: 0.8 }),
              middle ? textMark(label, middle, { ...words, ...halo }) : null,
            ];
          });
        }),
      );
    },
    { silent: true },
  );
}

/** The place on a line that is furthest from its ends and from all circles; null where none is far enough for words. */
function labelPlace(
  line: readonly PixelPoint[],
  circles: readonly PixelPoint[],
  room: number,
): PixelPoint | null {
  const ends = [line[0] ?? [0, 0], line.at(-1) ?? [0, 0]];
  const distance = ([x, y]: PixelPoint): number =>
    Math.min(...[...circles, ...ends].map((other) => Math.hypot(x - other[0], y - other[1])));
  const best = greatest(line, distance);
  return best && distance(best) >= room ? best : null;
}

function tooltipLines({ cell }: CellDatum, { quantity }: SurfaceData): string[] {
  const { value, low, high } = cell.fitted;
  const [fitted, from, to] = [value, low, high].map((height) => quantityText(quantity, height));
  return [
    cell.label,
    `mean ${quantityText(quantity, cell.mean)}, ${nText(cell.n)}`,
    `surface ${fitted ?? ''} (${from ?? ''} to ${to ?? ''})`,
    cell.leftOut,
  ];
}
