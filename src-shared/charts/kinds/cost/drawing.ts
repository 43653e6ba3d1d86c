import { countText, meanText } from '../../cells/count-text.ts';
import { leastSpan, shownValues } from '../../cells/shown-values.ts';
import {
  baseOption,
  type ChartOption,
  type ChartStyle,
  inksOf,
  type LegendEntry,
} from '../../chart-style.ts';
import { fillOf, symbolSample } from '../../legend-marks.ts';
import {
  groupMark,
  type PixelPoint,
  polylineMark,
  type ShapeDatum,
  shapeSeries,
  symbolMark,
  textMark,
  uprightInterval,
} from '../../marks.ts';
import { colourOf, mapColour, symbolOf } from '../../palette.ts';
import { placeLabels } from '../../place-labels.ts';
import { type Box, type Frame, plotFrame, positionIn } from '../../plot-frame.ts';
import { axisOfQuantity, intervalText, quantityText } from '../../quantity.ts';
import { stairBand, stairs } from '../../stairs.ts';
import { tooltipOption } from '../../tooltip.ts';
import type { CostData, CostPoint } from './data.ts';
import { frontNotes } from './front-uncertainty.ts';
import type { CostFront } from './fronts.ts';

export interface CostLook {
  /** Whether the front is drawn. */
  readonly front: boolean;
  /** Whether what the fronts of resamples attain is drawn beside it. */
  readonly band: boolean;
}

/**
 * What cells reach against what they cost: every run faint, each cell's mean with its 95 % t interval, and the Pareto
 * front of the means as stairs, or one for each value of a setting, with the band of the fronts of resamples. A ring around
 * a cell is as dark as the share of resamples in which the cell is on its front. Cells of the front are named where there is
 * room; colour and symbol tell the others. Each datum carries `runs` (ids) and `point`.
 */
export function costOption(data: CostData, style: ChartStyle, look: CostLook): ChartOption {
  const { points, quantity, cost } = data;
  const costs = points
    .flatMap(({ runs, cost: mean }) => [mean, ...runs.map((run) => run.cost)])
    .map((value) => value * cost.scale);
  const frame = plotFrame(style, {
    x: data.isLogarithmic
      ? { kind: 'log', ...axisOfQuantity(cost), values: costs }
      : { kind: 'linear', ...axisOfQuantity(cost), values: costs, ends: 'margin' },
    y: {
      kind: 'linear',
      ...axisOfQuantity(quantity),
      values: shownValues(
        quantity,
        points,
        points.flatMap(({ runs }) => runs.map(({ value }) => value)),
      ),
      leastSpan: leastSpan(quantity),
      ends: 'round',
    },
    notes: notesOf(data, look),
    legend: legendOf(data, style),
    rules: 'y',
  });
  const silent = style.interactive ? {} : { silent: true };
  const means = points.map((point) =>
    datum(
      data,
      point,
      point.cost,
      point.mean,
      point.runs.map(({ run }) => run),
    ),
  );
  const runs = points.flatMap((point) =>
    point.runs.length < 2 ? [] : point.runs.map((run) => datum(data, point, run.cost, run.value, [run.run])),
  );
  const fronts = look.front
    ? data.fronts.map((front) => ({
        front,
        means: means
          .filter(({ point }) => point.set === front.set && point.onFront)
          .sort((a, b) => a.point.cost - b.point.cost),
      }))
    : [];
  return {
    ...baseOption(style),
    ...frame.option,
    ...(style.interactive && {
      tooltip: tooltipOption(style, (item) => tooltipLines(item as CostDatum, data)),
    }),
    series: [
      ...(look.band ? fronts.map((each) => bandSeries(each, data, style, frame)) : []),
      ...fronts.map((each) => frontSeries(each, data, style, frame)),
      shapeSeries(runs, (index, { coord }) => runMark(runs[index], coord, data, style), silent),
      shapeSeries(means, (index, { coord }) => cellMark(means[index], coord, data, style, look), silent),
      labels(
        fronts.map((each) => each.means),
        data,
        style,
        frame,
      ),
    ],
  };
}

interface CostDatum extends ShapeDatum {
  readonly point: CostPoint;
  readonly runs: readonly string[];
}

type Coord = (point: readonly number[]) => [number, number];

function datum(
  { cost: { scale }, quantity }: CostData,
  point: CostPoint,
  cost: number,
  value: number,
  runs: readonly string[],
): CostDatum {
  return { value: [cost * scale, value * quantity.scale], point, runs };
}

/** A front with its cells by rising cost. */
interface DrawnFront {
  readonly front: CostFront;
  readonly means: readonly CostDatum[];
}

/** Steps: what the cells of the front reach at most at each cost. */
function frontSeries({ means }: DrawnFront, data: CostData, style: ChartStyle, frame: Frame): ChartOption {
  return shapeSeries(
    means.slice(0, 1),
    (_, { coord }) =>
      polylineMark(
        stairs(
          means.map(({ value }) => coord(value)),
          positionIn(frame).x(frame.x.high),
        ),
        { stroke: frontColour(data, means[0]?.point, style), lineWidth: style.lineWidth },
      ),
    { silent: true },
  );
}

/** Between the steps of what the fronts of resamples attain, from the least to the most. */
function bandSeries(
  { front: { band }, means }: DrawnFront,
  data: CostData,
  style: ChartStyle,
  frame: Frame,
): ChartOption {
  return shapeSeries(
    band.length === 0 ? [] : means.slice(0, 1),
    (_, { coord }) => {
      const side = (end: 'low' | 'high'): PixelPoint[] =>
        band.map((point) => coord([point.cost * data.cost.scale, point[end] * data.quantity.scale]));
      const shape = { points: stairBand(side('high'), side('low'), positionIn(frame).x(frame.x.high)) };
      const fill = frontColour(data, means[0]?.point, style);
      return { type: 'polygon', shape, style: { fill, opacity: 0.15 } };
    },
    { silent: true },
  );
}

/** Of the only front a colour of its own, of others that of their cells. */
function frontColour(data: CostData, point: CostPoint | undefined, style: ChartStyle): string {
  if (data.frontTitle !== '' && point) return valueColour(data.colours, point.colour, style);
  return style.theme === 'dark' ? '#e69f00' : '#d55e00';
}

/** Runs that all cost the same stand right of their cell, so that the interval does not hide them. */
function runMark(
  run: CostDatum | undefined,
  coord: Coord,
  data: CostData,
  style: ChartStyle,
): ChartOption | null {
  const { fontSize } = style;
  if (!run) return null;
  const [x, y] = coord(run.value);
  const aside = new Set(run.point.runs.map(({ cost }) => cost)).size === 1 ? 0.5 * fontSize : 0;
  return symbolMark('circle', [x + aside, y], 0.16 * fontSize, {
    ...fillOf(style, valueColour(data.colours, run.point.colour, style)),
    opacity: 0.45,
  });
}

function cellMark(
  mean: CostDatum | undefined,
  coord: Coord,
  data: CostData,
  style: ChartStyle,
  look: CostLook,
): ChartOption | null {
  if (!mean) return null;
  const { fontSize, lineWidth } = style;
  const { ink } = inksOf(style);
  const { point } = mean;
  const [x, y] = coord(mean.value);
  const height = (value: number): number => coord([mean.value[0] ?? 0, value * data.quantity.scale])[1];
  const bar = { stroke: ink, lineWidth: 0.7 * lineWidth };
  const ring = {
    fill: 'none',
    stroke: frontColour(data, point, style),
    lineWidth: 0.9 * lineWidth,
    opacity: point.frontShare ?? 0,
  };
  return groupMark([
    point.low === null || point.high === null
      ? null
      : uprightInterval(x, height(point.low), height(point.high), 0.2 * fontSize, bar),
    symbolMark(
      symbolOf(point.symbol),
      [x, y],
      0.32 * fontSize,
      fillOf(style, valueColour(data.colours, point.colour, style)),
    ),
    look.front && point.frontShare !== null ? symbolMark('circle', [x, y], 0.62 * fontSize, ring) : null,
  ]);
}

/** Of a value that colours stand for: on the scale of the map where these are numbers, unless one was chosen for it. */
export function valueColour(colours: CostData['colours'], index: number, style: ChartStyle): string {
  const { ordered = false, labels = [] } = colours ?? {};
  const label = labels[index] ?? '';
  if (!ordered || Object.hasOwn(style.colours ?? {}, label)) return colourOf(index, style, label);
  return mapColour(labels.length < 2 ? 0.2 : index / (labels.length - 1), style);
}

/** The names of the cells on the front, where they cover no mark. */
function labels(
  fronts: readonly (readonly CostDatum[])[],
  data: CostData,
  style: ChartStyle,
  frame: Frame,
): ChartOption {
  const fontSize = 0.85 * style.fontSize;
  const at = positionIn(frame);
  const place = ({ value: [x = 0, y = 0] }: CostDatum): PixelPoint => [at.x(x), at.y(y)];
  const { scale } = data.quantity;
  const obstacles = data.points.flatMap((point): Box[] => {
    const x = at.x(point.cost * data.cost.scale);
    const [top = 0, bottom = 0] = [point.high, point.low]
      .map((end) => at.y((end ?? point.mean) * scale))
      .toSorted((one, other) => one - other);
    const runs = point.runs.map((run) => ({
      left: x + 0.3 * fontSize,
      top: at.y(run.value * scale) - 0.2 * fontSize,
      width: 0.6 * fontSize,
      height: 0.4 * fontSize,
    }));
    return [
      {
        left: x - 0.7 * fontSize,
        top: top - 0.3 * fontSize,
        width: 1.4 * fontSize,
        height: bottom - top + 0.6 * fontSize,
      },
      ...runs,
    ];
  });
  const steps = fronts.flatMap((front) => {
    const corners = stairs(front.map(place), at.x(frame.x.high));
    return corners.slice(1).map(([x, y], index): Box => {
      const [before, top] = corners[index] ?? [x, y];
      return {
        left: Math.min(before, x),
        top: Math.min(y, top),
        width: Math.abs(x - before) + 1,
        height: Math.abs(y - top) + 1,
      };
    });
  });
  const named = fronts.flat();
  const anchors = named.map((mean) => ({ x: place(mean)[0], y: place(mean)[1], text: mean.point.label }));
  const placed = placeLabels(anchors, [...obstacles, ...steps], frame.box, fontSize);
  const fill = inksOf(style).ink;
  return shapeSeries(
    named.slice(0, 1),
    () =>
      groupMark(
        placed.map(({ text, x, y, align }) =>
          textMark(text, [x, y], { align, fontSize, fontFamily: style.fontFamily, fill }),
        ),
      ),
    { silent: true },
  );
}

function legendOf({ colours, symbols }: CostData, style: ChartStyle): LegendEntry[] {
  const { background } = inksOf(style);
  const coloured = colours?.labels.map((label, index) => ({
    label,
    mark: symbolSample(style, 'circle', valueColour(colours, index, style)),
  }));
  const shaped = symbols?.labels.map((label, index) => ({
    label,
    mark: symbolSample(style, symbolOf(index), background),
  }));
  const head = (title: string | undefined): LegendEntry[] =>
    title === undefined ? [] : [{ label: title, mark: null }];
  return [...head(colours?.title), ...(coloured ?? []), ...head(symbols?.title), ...(shaped ?? [])];
}

function notesOf(data: CostData, look: CostLook): string[] {
  const { points, isFrontOfTest, notes, frontTitle } = data;
  const resampled = points.some(({ frontShare }) => frontShare !== null);
  const counts = points.map(({ n }) => ({ seeds: n, cells: 1 }));
  const fronts =
    frontTitle === ''
      ? 'line: Pareto front of the means'
      : `lines: Pareto fronts of the means, one for each ${frontTitle}`;
  return [
    `${meanText(counts)}, ${countText(counts)}`,
    'dots: runs',
    look.front ? `${fronts}${isFrontOfTest ? ', selected on the test data' : ''}` : '',
    look.front && resampled ? 'rings: the darker, the more certainly on the front' : '',
    ...frontNotes(data, look),
    ...notes,
  ];
}

function tooltipLines({ point, runs }: CostDatum, { quantity, cost }: CostData): string[] {
  const run =
    runs.length === 1 && point.runs.length > 1 ? point.runs.find((one) => one.run === runs[0]) : undefined;
  if (run)
    return [
      point.label,
      `${quantityText(quantity, run.value)}, seed ${run.seed}`,
      `${cost.title} ${quantityText(cost, run.cost)}`,
    ];
  return [
    point.label,
    `${intervalText(quantity, point)}, ${countText([{ seeds: point.n, cells: 1 }])}`,
    `${cost.title} ${quantityText(cost, point.cost)}`,
    point.frontShare === null
      ? ''
      : `on the front in ${Math.round(100 * point.frontShare)}\u00a0% of the resamples`,
  ];
}
