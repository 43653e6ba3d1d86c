import { countText, meanText } from '../../cells/count-text.ts';
import {
  baseOption,
  type ChartOption,
  type ChartStyle,
  inksOf,
  type LegendEntry,
} from '../../chart-style.ts';
import { fillOf, lineSample, strokeOf, symbolSample } from '../../legend-marks.ts';
import {
  groupMark,
  lineMark,
  type PixelPoint,
  polylineMark,
  type ShapeDatum,
  shapeSeries,
  symbolMark,
  textMark,
} from '../../marks.ts';
import { type ColourChoice, COLOURS, type Look, lookOf } from '../../palette.ts';
import { type PlacedLabel, placeLabels } from '../../place-labels.ts';
import { type Frame, plotFrame, positionIn } from '../../plot-frame.ts';
import { intervalText, type Quantity, quantityText } from '../../quantity.ts';
import { tooltipOption } from '../../tooltip.ts';
import { type FactorPoint, intervalWithin } from '../factor/points.ts';
import type { BaselinePath, PlaneData, PlanePath, PlanePoint } from './data.ts';

/** On paper always above the plot, even where the other notes are left to a caption; on the page below it, as text. */
export const CAUTION =
  'EDGE estimates of a deterministic layer depend on its hashing: only what lies above the shuffled baselines is information, and no compression can be concluded';

/** Without the unit these would be taken for the information itself. */
export function axisNames(): { readonly x: string; readonly y: string } {
  const name = (side: string): string => `I(layer; ${side}) by EDGE (bits)`;
  return { x: name('input'), y: name('class') };
}

/**
 * Layers by two measures, each path joined in the order of the network: colours tell the roles, symbols and dashes the paths.
 * Intervals are over the seeds, or of a single run within it. Layers are named where there is room. Each datum carries `runs`.
 */
export function planeOption(data: PlaneData, style: ChartStyle): ChartOption {
  const { paths, baselines } = data;
  const frame = planeFrame(data, style);
  const silent = style.interactive ? {} : { silent: true };
  return {
    ...baseOption(style),
    ...frame.option,
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as PlaneDatum, data)),
    }),
    series: [
      ...baselines.map((path, index) => baselineSeries(path, baselineLook(index, style), data, style)),
      ...paths.map((path, index) => joinSeries(path, pathLook(index, style), data, style)),
      ...paths.map((path, mark) => intervalSeries(path, mark, data, style)),
      ...paths.map((path, mark) => pointSeries(path, mark, data, style, silent)),
      nameSeries(planeNames(data, style, frame), style),
    ],
  };
}

/** Where the plot lies, with room for every interval. */
export function planeFrame(data: PlaneData, style: ChartStyle): Frame {
  const names = axisNames();
  const axis = (side: 'x' | 'y') => ({
    kind: 'linear' as const,
    name: names[side],
    values: [
      ...data.paths.flatMap(({ points }) =>
        points.flatMap((point) => [point[side].mean ?? NaN, ...boundsOf(point[side])]),
      ),
      ...data.baselines.flatMap(({ points }) => points.map((point) => point[side])),
    ].map((value) => value * data[side].scale),
    ends: 'margin' as const,
  });
  const notes = [...(style.interactive ? [] : [CAUTION]), ...(style.notes ? notesOf(data) : [])];
  return plotFrame(
    { ...style, notes: true },
    { x: axis('x'), y: axis('y'), notes, legend: legendOf(data, style), rules: 'y' },
  );
}

/** The ends of the interval that is drawn; none without one. */
export function boundsOf(point: FactorPoint): readonly number[] {
  const { low, high } = point;
  return low === null || high === null ? (intervalWithin(point) ?? []) : [low, high];
}

/** Where there is a single path, symbols tell the roles that share a colour. */
export function roleLook(
  { paths, colours, parts }: Pick<PlaneData, 'paths' | 'colours' | 'parts'>,
  part: number,
  path: number,
  choice: ColourChoice,
): Look {
  const place = colours[part] ?? 0;
  return lookOf(place, paths.length > 1 ? path : Math.floor(place / COLOURS), choice, parts[part]);
}

function pathLook(index: number, style: ChartStyle): Look {
  return { ...lookOf(0, index), colour: inksOf(style).faint };
}

function baselineLook(index: number, style: ChartStyle): Look {
  return { ...lookOf(index + 1), colour: inksOf(style).faint };
}

function baselineSeries(
  { points }: BaselinePath,
  look: Look,
  { x, y }: PlaneData,
  style: ChartStyle,
): ChartOption {
  const at = points.map((point) => [point.x * x.scale, point.y * y.scale]);
  return shapeSeries(
    at.slice(0, 1).map((value) => ({ value })),
    (_, { coord }) => {
      const places = at.map((value) => coord(value));
      const mark = { fill: 'none', stroke: look.colour, lineWidth: style.lineWidth / 2 };
      return groupMark([
        polylineMark(places, { ...strokeOf(style, look), opacity: 0.5 }),
        ...places.map((place) => symbolMark('circle', place, 0.16 * style.fontSize, mark)),
      ]);
    },
    { silent: true },
  );
}

function joinSeries({ points }: PlanePath, look: Look, data: PlaneData, style: ChartStyle): ChartOption {
  const at = points.map((point) => valueOf(point, data));
  return shapeSeries(
    at.length > 1 ? [{ value: at[0] ?? [] }] : [],
    (_, { coord }) =>
      polylineMark(
        at.map((value) => coord(value)),
        { ...strokeOf(style, look), opacity: 0.8 },
      ),
    { silent: true },
  );
}

interface PlaneDatum extends ShapeDatum {
  readonly runs: readonly string[];
  readonly point: PlanePoint;
  readonly path: PlanePath;
}

function valueOf({ x, y }: PlanePoint, data: PlaneData): number[] {
  return [(x.mean ?? NaN) * data.x.scale, (y.mean ?? NaN) * data.y.scale];
}

function datumsOf(path: PlanePath, data: PlaneData): PlaneDatum[] {
  return path.points.map((point) => ({
    ...{ value: valueOf(point, data), point, path, runs: point.x.runs.map(({ run }) => run) },
  }));
}

/** Behind the marks of all paths: with few seeds intervals reach over each other. */
function intervalSeries(path: PlanePath, mark: number, data: PlaneData, style: ChartStyle): ChartOption {
  const datums = datumsOf(path, data);
  return shapeSeries(
    datums,
    (place, { coord }) => {
      const { value: [across = 0, up = 0] = [], point } = datums[place] ?? {};
      if (!point) return null;
      const [x, y] = coord([across, up]);
      const bar = ({ low }: FactorPoint): ChartOption => ({
        stroke: low === null ? roleLook(data, point.part, mark, style).colour : inksOf(style).faint,
        lineWidth: 0.7 * style.lineWidth,
        opacity: 0.6,
      });
      const [left, right] = boundsOf(point.x).map((end) => coord([end * data.x.scale, up])[0]);
      const [low, high] = boundsOf(point.y).map((end) => coord([across, end * data.y.scale])[1]);
      return groupMark([
        left === undefined || right === undefined ? null : lineMark([left, y], [right, y], bar(point.x)),
        low === undefined || high === undefined ? null : lineMark([x, low], [x, high], bar(point.y)),
      ]);
    },
    { silent: true },
  );
}

function pointSeries(
  path: PlanePath,
  mark: number,
  data: PlaneData,
  style: ChartStyle,
  more: ChartOption,
): ChartOption {
  const datums = datumsOf(path, data);
  return shapeSeries(
    datums,
    (place, { coord }) => {
      const { value = [], point } = datums[place] ?? {};
      if (!point) return null;
      const look = roleLook(data, point.part, mark, style);
      return symbolMark(look.symbol, coord(value), 0.32 * style.fontSize, fillOf(style, look.colour));
    },
    more,
  );
}

/** Names of the layers of the first path, where they cover neither marks nor each other. */
export function planeNames(
  data: PlaneData,
  style: ChartStyle,
  frame = planeFrame(data, style),
): PlacedLabel[] {
  const at = positionIn(frame);
  const place = (point: PlanePoint): PixelPoint => {
    const [x = 0, y = 0] = valueOf(point, data);
    return [at.x(x), at.y(y)];
  };
  const size = 0.7 * style.fontSize;
  const marks = data.paths
    .flatMap(({ points }) => points)
    .flatMap((point) => {
      const [x, y] = place(point);
      const [left = x, right = x] = boundsOf(point.x).map((end) => at.x(end * data.x.scale));
      const [low = y, high = y] = boundsOf(point.y).map((end) => at.y(end * data.y.scale));
      return [
        { left: x - size / 2, top: y - size / 2, width: size, height: size },
        { left, top: y, width: right - left, height: 1 },
        { left: x, top: high, width: 1, height: low - high },
      ];
    });
  const anchors = (data.paths[0]?.points ?? []).map((point) => {
    const [x, y] = place(point);
    return { x, y, text: point.layer };
  });
  return placeLabels(anchors, marks, frame.box, 0.85 * style.fontSize);
}

function nameSeries(names: readonly PlacedLabel[], style: ChartStyle): ChartOption {
  const look = { fontSize: 0.85 * style.fontSize, fontFamily: style.fontFamily, fill: inksOf(style).ink };
  return shapeSeries(
    names.length > 0 ? [{ value: [0, 0] }] : [],
    () => groupMark(names.map(({ text, x, y, align }) => textMark(text, [x, y], { ...look, align }))),
    { silent: true },
  );
}

function legendOf(data: PlaneData, style: ChartStyle): LegendEntry[] {
  const { parts, title, paths, baselines } = data;
  return [
    { label: 'role', mark: null },
    ...parts.map((label, place) => {
      const { symbol, colour } = roleLook(data, place, 0, style);
      return { label, mark: symbolSample(style, symbol, colour) };
    }),
    ...(title === '' ? [] : [{ label: title, mark: null }]),
    ...(title === '' ? [] : paths).map(({ label }, place) => ({
      label,
      mark: lineSample(style, pathLook(place, style), true),
    })),
    ...baselines.map(({ label }, place) => ({
      label,
      mark: lineSample(style, baselineLook(place, style), false),
    })),
  ];
}

function notesOf({ paths, title, notes }: PlaneData): string[] {
  const points = paths.flatMap((path) => path.points.flatMap(({ x, y }) => [x, y]));
  const isWithin = points.some((point) => intervalWithin(point) !== null);
  return [
    'joined in the order of the layers',
    title === '' ? '' : `names at ${title} ${paths[0]?.label ?? ''}`,
    isWithin && points.every(({ seeds }) => seeds < 2) ? '' : meanText(points),
    isWithin ? 'bars in colour: 95\u00a0% intervals within the only run, not over trainings' : '',
    ...notes,
  ];
}

function tooltipLines({ point, path }: PlaneDatum, { x, y, title, parts }: PlaneData): string[] {
  const words = (quantity: Quantity, of: FactorPoint): string => {
    const within = intervalWithin(of);
    const text = `${quantity.title} ${intervalText(quantity, of)}`;
    return within === null
      ? text
      : `${text}, 95\u00a0% interval within the run ${within.map((end) => quantityText(quantity, end)).join(' to ')}`;
  };
  return [
    `${point.layer}, ${parts[point.part] ?? ''}${title === '' ? '' : `, ${title} ${path.label}`}`,
    words(x, point.x),
    words(y, point.y),
    countText([point.x]),
    point.x.over,
  ];
}
