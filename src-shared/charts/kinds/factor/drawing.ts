import { countText, meanText } from '../../cells/count-text.ts';
import { leastSpan, shownValues } from '../../cells/shown-values.ts';
import { groupBorders } from '../../axis-groups.ts';
import {
  baseOption,
  type ChartOption,
  type ChartStyle,
  inksOf,
  type LegendEntry,
} from '../../chart-style.ts';
import { besideLegend } from '../../heading.ts';
import { fillOf, lineSample, strokeOf, symbolSample } from '../../legend-marks.ts';
import {
  groupMark,
  lineMark,
  polylineMark,
  type ShapeDatum,
  shapeSeries,
  symbolMark,
  uprightInterval,
} from '../../marks.ts';
import { colourOf, type Look, lookOf } from '../../palette.ts';
import { type Frame, plotFrame } from '../../plot-frame.ts';
import { axisOfQuantity, intervalText, quantityText } from '../../quantity.ts';
import { textWidth } from '../../text-width.ts';
import { tooltipOption } from '../../tooltip.ts';
import { arrowOf } from './cut-references.ts';
import type { FactorData, ReferenceLine } from './data.ts';
import { type FactorLine, lineLook } from './line-notes.ts';
import { type FactorPoint, intervalWithin } from './points.ts';
import { dotsNote, factorDots } from './dots.ts';

/**
 * The mean of a quantity with its 95 % t interval by the values of one setting, one line for each value of another, and
 * the runs as faint points, of very many an even sample. Lines join the values of an ordered setting only, over the same cells. Each datum carries `runs` (ids).
 */
export function factorOption(data: FactorData, style: ChartStyle): ChartOption {
  const { quantity, lines, x, references, borders } = data;
  const places = placesOf(data, style);
  const frame = factorFrame(data, style);
  const dots = factorDots(data);
  const at = new Map(places.map((place, index) => [x.places[index]?.at, place.at]));
  const gaps = places.slice(1).map((place, index) => place.at - (places[index]?.at ?? 0));
  const narrowest = (Math.min(...gaps) / (frame.x.high - frame.x.low)) * frame.box.width;
  // Lines stand a little beside each other, so that none hides another's interval.
  const aside = Math.min(0.75 * style.fontSize, (0.5 * narrowest) / lines.length);
  const placed = (place: number): number => at.get(place) ?? place;
  return {
    ...baseOption(style),
    ...frame.option,
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as PointDatum, data)),
    }),
    series: [
      ...references.flatMap((reference) =>
        referenceSeries(reference, referenceLook(reference, data, style), quantity, style, placed),
      ),
      ...(x.groups ? [uprightSeries(groupBorders(x.groups), frame.y, groupLine(style))] : []),
      ...(borders.length > 0 ? [uprightSeries(borders.map(placed), frame.y, borderLine(style))] : []),
      ...lines.flatMap((line, index) =>
        lineSeries(line, { data, dots, style, index, aside, place: (point) => placed(point.at) }),
      ),
    ],
  };
}

/** Where the plot lies, with room for every interval and run. */
export function factorFrame(data: FactorData, style: ChartStyle): Frame {
  const { quantity, lines, x, references } = data;
  const points = lines.flatMap((line) => line.points);
  return plotFrame(style, {
    x: {
      ...{ kind: 'places', name: x.title, places: placesOf(data, style) },
      ...(x.scale !== undefined && { scale: x.scale }),
      ...(x.whyUnscaled !== undefined && { whyUnscaled: x.whyUnscaled }),
      ...(x.groups && { groups: x.groups }),
    },
    y: {
      kind: 'linear',
      ...axisOfQuantity(quantity),
      values: shownValues(quantity, points, [
        ...points.flatMap(({ runs }) => runs.map(({ value }) => value)),
        ...points.flatMap((point) => intervalWithin(point) ?? []),
        ...references.flatMap((reference) => reference.points.map(({ value }) => value)),
      ]),
      leastSpan: leastSpan(quantity),
      ends: 'round',
    },
    notes: notesOf(data),
    legend: legendOf(data, style),
    rules: 'y',
  });
}

function placesOf(
  data: FactorData,
  style: ChartStyle,
): readonly { readonly at: number; readonly label: string }[] {
  return roomy(data, besideLegend(style, legendOf(data, style))) ? data.x.places : evenly(data);
}

/** Grey, or in the colour of the lines that it is of, behind the data; the dashes tell one from another. */
function referenceLook(
  { label, of }: Omit<ReferenceLine, 'points'>,
  { references }: FactorData,
  style: ChartStyle,
): Look {
  const labels = [...new Set(references.map((each) => each.label))];
  return {
    ...lookOf(labels.indexOf(label) + 1),
    colour: of === undefined ? inksOf(style).faint : colourOf(of.colour, style, of.label),
  };
}

function referenceSeries(
  { label, of, points }: ReferenceLine,
  look: Look,
  { scale }: FactorData['quantity'],
  style: ChartStyle,
  placed: (place: number) => number,
): ChartOption[] {
  const [first] = points;
  const line = shapeSeries(
    first ? [{ value: [placed(first.at), first.value * scale], label }] : [],
    (_, { coord }) => {
      const [start, ...others] = points.map(({ at, value }) => coord([placed(at), value * scale]));
      if (!start) return null;
      const [x, y] = start;
      // a single point is a dash
      const ends =
        others.length > 0
          ? [start, ...others]
          : ([-1, 1] as const).map((side) => [x + side * 0.7 * style.fontSize, y] as const);
      return polylineMark(ends, { ...strokeOf(style, look), ...(of && { opacity: 0.55 }) });
    },
    { silent: true },
  );
  const beyond = points.filter(({ goesOn }) => goesOn !== undefined);
  const arrows = shapeSeries(
    beyond.map(({ at, value }) => ({ value: [placed(at), value * scale], label })),
    (index, { coord }) => {
      const { at = 0, value = 0, goesOn } = beyond[index] ?? {};
      const mark = { fill: inksOf(style).background, stroke: look.colour, lineWidth: style.lineWidth };
      return symbolMark(arrowOf(goesOn), coord([placed(at), value * scale]), 0.4 * style.fontSize, mark);
    },
    { silent: true },
  );
  return beyond.length > 0 ? [line, arrows] : [line];
}

function uprightSeries(
  places: readonly number[],
  { low, high }: Frame['y'],
  stroke: ChartOption,
): ChartOption {
  return shapeSeries(
    places.map((place) => ({ value: [place, low] })),
    (index, { coord }) =>
      lineMark(coord([places[index] ?? 0, low]), coord([places[index] ?? 0, high]), stroke),
    { silent: true },
  );
}

function borderLine(style: ChartStyle): ChartOption {
  return { stroke: inksOf(style).ink, lineWidth: style.lineWidth / 2, lineDash: [1, 2] };
}

function groupLine(style: ChartStyle): ChartOption {
  return { stroke: inksOf(style).rule, lineWidth: style.lineWidth / 2 };
}

interface PointDatum extends ShapeDatum {
  readonly runs: readonly string[];
  readonly point: FactorPoint;
  readonly line: string;
}

interface LineStyle {
  readonly data: FactorData;
  readonly dots: ReturnType<typeof factorDots>;
  readonly style: ChartStyle;
  readonly index: number;
  /** From one line's marks to the next one's. */
  readonly aside: number;
  readonly place: (point: FactorPoint) => number;
}

function lineSeries(line: FactorLine, { data, dots, style, index, aside, place }: LineStyle): ChartOption[] {
  const { fontSize, lineWidth } = style;
  const { scale } = data.quantity;
  const look = lineLook(line, index, style);
  const { ink } = inksOf(style);
  const shift = (index - (data.lines.length - 1) / 2) * aside;
  const measured = line.points.filter((point) => point.mean !== null);
  const datum = (point: FactorPoint, value: number, runs: readonly string[]): PointDatum => ({
    ...{ value: [place(point), value * scale], point, runs, line: line.label },
  });
  const means = measured.map((point) =>
    datum(
      point,
      point.mean ?? NaN,
      point.runs.map(({ run }) => run),
    ),
  );
  const runs = line.points.flatMap((point) =>
    point.seeds === 1 && point.runs.length === 1
      ? []
      : (dots.get(point) ?? []).map(({ run, value }) => datum(point, value, [run])),
  );
  const silent = style.interactive ? {} : { silent: true };
  const join = shapeSeries(
    data.x.ordered && line.isJoined && means.length > 1 ? [{ value: means[0]?.value ?? [] }] : [],
    (_, { coord }) =>
      polylineMark(
        means.map(({ value }) => {
          const [x, y] = coord(value);
          return [x + shift, y];
        }),
        { ...strokeOf(style, look), opacity: 0.8 },
      ),
    { silent: true },
  );
  const faint = shapeSeries(
    runs,
    (place, { coord }) => {
      const [x, y] = coord(runs[place]?.value ?? []);
      const mark = { ...fillOf(style, look.colour), opacity: 0.4 };
      return symbolMark('circle', [x + shift + 0.42 * fontSize, y], 0.17 * fontSize, mark);
    },
    silent,
  );
  const marks = shapeSeries(
    means,
    (place, { coord }) => {
      const { value = [], point } = means[place] ?? {};
      const [x, y] = coord(value);
      const bound = (bound: number): number => coord([value[0] ?? 0, bound * scale])[1];
      const bar = { stroke: ink, lineWidth: 0.7 * lineWidth };
      const within = point ? intervalWithin(point) : null;
      return groupMark([
        point?.low === null || point?.low === undefined || point.high === null
          ? null
          : uprightInterval(x + shift, bound(point.low), bound(point.high), 0.22 * fontSize, bar),
        // without caps, in the colour of its line: not what an interval over seeds looks like
        within === null
          ? null
          : lineMark([x + shift, bound(within[0])], [x + shift, bound(within[1])], {
              ...{ stroke: look.colour, lineWidth, opacity: 0.7 },
            }),
        symbolMark(look.symbol, [x + shift, y], 0.32 * fontSize, fillOf(style, look.colour)),
      ]);
    },
    silent,
  );
  return [join, faint, marks];
}

function legendOf(data: FactorData, style: ChartStyle): LegendEntry[] {
  const { lines, lineTitle, sets, x, references } = data;
  const beside = [...new Set(references.map(({ label }) => label))].map((label) => ({
    label,
    mark: lineSample(style, referenceLook({ label }, data, style), false),
  }));
  if (lineTitle === '') return beside;
  if (sets) {
    const { faint } = inksOf(style);
    return [
      { label: lineTitle, mark: null },
      ...sets.colours.map(({ label, colour }) => ({
        label,
        mark: symbolSample(style, 'circle', colourOf(colour, style, label)),
      })),
      { label: sets.title, mark: null },
      ...sets.marks.map((label, place) => ({
        label,
        mark: lineSample(style, { ...lookOf(0, place), colour: faint }, true),
      })),
      ...beside,
    ];
  }
  const values = lines.map((line, index) => {
    const { label, isJoined } = line;
    const look = lineLook(line, index, style);
    const mark =
      x.ordered && isJoined ? lineSample(style, look, true) : symbolSample(style, look.symbol, look.colour);
    return { label, mark };
  });
  return [{ label: lineTitle, mark: null }, ...values, ...beside];
}

function notesOf(data: FactorData): string[] {
  const { lines, notes } = data;
  const points = lines.flatMap((line) => line.points);
  const incomplete = points.filter(({ mean }) => mean === null).length;
  const isWithin = points.some((point) => intervalWithin(point) !== null);
  return [
    isWithin && points.every(({ seeds }) => seeds < 2) ? '' : meanText(points),
    isWithin ? 'bars in colour: 95\u00a0% intervals within the only run, not over trainings' : '',
    points.every(({ seeds, runs }) => seeds === 1 && runs.length === 1) ? '' : dotsNote(data) || 'dots: runs',
    incomplete === 0 ? '' : `${incomplete} without a mean: not every cell has a value`,
    ...notes,
  ];
}

/** Whether the labels have room at the distances of their values. */
function roomy({ x }: FactorData, { width, fontSize }: ChartStyle): boolean {
  // distances that were chosen stay, and names that have no room are tilted
  if (x.groups || x.scale !== undefined) return true;
  const places = x.places;
  const span = 1.16 * ((places.at(-1)?.at ?? 1) - (places[0]?.at ?? 0));
  return places.slice(1).every(({ at, label }, index) => {
    const before = places[index];
    if (!before) return true;
    const needed = (textWidth(label, fontSize) + textWidth(before.label, fontSize)) / 2 + 0.5 * fontSize;
    return ((at - before.at) / span) * (width - 5 * fontSize) >= needed;
  });
}

function evenly({ x }: FactorData): { at: number; label: string }[] {
  return x.places.map(({ label }, index) => ({ at: index, label }));
}

function tooltipLines(
  { point, runs, line, value }: PointDatum,
  { quantity, x, lineTitle }: FactorData,
): string[] {
  const place = `${point.name ?? `${x.title} ${point.label}`}${line === '' ? '' : `, ${lineTitle} ${line}`}`;
  const run = point.runs.find(({ run }) => runs.length === 1 && run === runs[0]);
  if (run && point.runs.length !== 1)
    return [place, `${quantityText(quantity, run.value)}, seed ${run.seed}`];
  const mean =
    point.mean === null
      ? quantityText(quantity, (value[1] ?? NaN) / quantity.scale)
      : intervalText(quantity, point);
  const within = intervalWithin(point);
  return [
    ...[place, `${mean}, ${countText([point])}`],
    within === null
      ? ''
      : `95\u00a0% interval within the run ${within.map((end) => quantityText(quantity, end)).join(' to ')}`,
    point.over,
  ];
}
