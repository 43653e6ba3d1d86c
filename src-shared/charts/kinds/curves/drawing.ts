import { extent } from 'd3-array';
import { nText, roundedTo, whole } from '../../../numbers.ts';
import { assertNever } from '../../../assert-never.ts';
import type { AxisSpecification } from '../../axis.ts';
import { baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import { MOST_LISTED } from '../../chart-lines.ts';
import { lineSample } from '../../legend-marks.ts';
import { type Coordinates, type PixelPoint, shapeSeries } from '../../marks.ts';
import { COLOURS, type Look, lookOf } from '../../palette.ts';
import { plotFrame } from '../../plot-frame.ts';
import { axisOfQuantity, quantityText } from '../../quantity.ts';
import { tooltipLook } from '../../tooltip.ts';
import { zoomOption } from '../../zoom.ts';
import { lineLegend, lineLooks } from './line-looks.ts';
import type { CurveLine, CurvePoints, CurvesData } from './data.ts';
import type { CurveAxis } from './choose-curves.ts';

export interface CurvesLook {
  readonly logX: boolean;
  readonly logY: boolean;
}

/**
 * Of more lines than these on a screen none is wider than one of its pixels: they hide each other less, and are drawn in
 * half the time. A line of two pixels already takes longer than one of three.
 */
const MOST_WIDE = 100;
/** Lines in a tooltip. */
const MOST_LINES = 12;

/**
 * Curves: each line smoothed with the raw one faint behind, the t interval of a mean as a band, its members as thin
 * lines. The series of a line has the line's key as its id, and its `runs`. On a logarithmic axis points at 0 and below are left out.
 */
export function curvesOption(data: CurvesData, style: ChartStyle, look: CurvesLook): ChartOption {
  const { quantity, lines } = data;
  const looks = lineLooks(data, style);
  const shown = lines.map((line, index) => ({ line, look: looks[index] ?? lookOf(index) }));
  const all = lines.flatMap((line) => [line, ...(line.raw ? [line.raw] : []), ...line.members]);
  const bounds = lines.flatMap(({ band }) => (band ? [band.low, band.high] : []));
  const frame = plotFrame(style, {
    x: axisOf(
      {
        ...{ name: xName(data.x), lists: all.map(({ x }) => x) },
        ...{ scale: xScale(data.x), log: look.logX, isWhole: isOfWholes(data.x) },
      },
      'tight',
      xText(data.x),
    ),
    y: axisOf(
      {
        ...{ ...axisOfQuantity(quantity), lists: [...all.map(({ y }) => y), ...bounds, data.shown ?? []] },
        ...{ scale: quantity.scale, log: look.logY },
      },
      'round',
      null,
    ),
    notes: notesOf(data),
    legend: isNamedBelow(data, style)
      ? []
      : lineLegend(data, style, inksOf(style).ink).map(({ label, look: of }) => ({
          label,
          mark: of && lineSample(style, of, false),
        })),
    rules: 'y',
    zoom: style.interactive,
  });
  return {
    ...baseOption(style),
    ...frame.option,
    ...(style.interactive && interaction(data, style)),
    series: [
      ...bandSeries(shown, { data, look }),
      ...shown.flatMap(({ line, look: own }) => lineSeries(line, own, { data, style, look })),
    ],
  };
}

/**
 * A page has the names of the lines as buttons below the chart. What colours and dashes mean is told above it where that is shorter: of
 * many lines that are told apart by values of settings.
 */
function isNamedBelow({ lines, codes }: CurvesData, { interactive }: ChartStyle): boolean {
  return interactive && lines.length > 1 && lines.length <= (codes === null ? MOST_LISTED : COLOURS);
}

interface CurveAxisShown {
  readonly name: string;
  readonly lists: readonly Values[];
  readonly scale: number;
  readonly log: boolean;
  readonly isWhole: boolean;
}

type Values = readonly (number | null)[];

function axisOf(
  { name, lists, scale, log, isWhole }: CurveAxisShown,
  ends: 'round' | 'tight',
  text: ((value: number) => string) | null,
): AxisSpecification {
  const positive = log ? endsOf(lists, scale, 0) : [];
  if (positive.length > 0) return { kind: 'log', name, values: positive, isWhole };
  const values = endsOf(lists, scale, -Infinity);
  return { kind: 'linear', name, values, ends, isWhole, ...(text && { text }) };
}

/** The least and the greatest value above a bound; none where there is none. A loop, since curves have many points. */
function endsOf(lists: readonly Values[], scale: number, above: number): number[] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const values of lists)
    for (const value of values) {
      if (value === null || !(value > above) || value === Infinity) continue;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  return least > greatest ? [] : [least * scale, greatest * scale];
}

interface SeriesStyle {
  readonly data: CurvesData;
  readonly style: ChartStyle;
  readonly look: CurvesLook;
}

function lineSeries(line: CurveLine, own: Look, { data, style, look }: SeriesStyle): ChartOption[] {
  const series = (
    id: string,
    curve: CurvePoints,
    lineStyle: ChartOption,
    silent: boolean,
    runs = line.runs,
  ): ChartOption => ({
    ...{
      type: 'line',
      id,
      runs,
      line: line.key,
      // a line without symbols is clicked itself
      triggerEvent: silent ? false : 'line',
      name: line.label,
      data: flatPoints(curve, data, look),
      dimensions: ['x', 'y'],
      showSymbol: false,
      silent,
      tooltip: { show: !silent },
    },
    ...{ sampling: 'minmax', lineStyle, itemStyle: { color: own.colour }, connectNulls: false },
    ...(curve.x.length === 1 && { showSymbol: true, symbolSize: 0.6 * style.fontSize }),
    emphasis: { disabled: true },
  });
  const dash = own.dash.length > 0 ? own.dash.map((part) => part * style.lineWidth) : 'solid';
  const widest = data.lines.length > MOST_WIDE ? (style.hairWidth ?? Infinity) : Infinity;
  const lineWidth = Math.min(widest, style.lineWidth);
  const thin = { color: own.colour, width: lineWidth / 2, opacity: 0.35 };
  return [
    ...line.members.map((member) => series(`${line.key} ${member.run}`, member, thin, true, [member.run])),
    ...(line.raw ? [series(`${line.key} raw`, line.raw, { ...thin, width: 0.7 * lineWidth }, true)] : []),
    series(line.key, line, { color: own.colour, width: lineWidth, type: dash }, false),
  ];
}

/** x and y in turn in one list, NaN for a gap: arrays of two ECharts would copy and check one by one. */
function flatPoints({ x, y }: CurvePoints, data: CurvesData, look: CurvesLook): Float64Array {
  const flat = new Float64Array(2 * x.length);
  for (const [place, at] of x.entries()) {
    flat[2 * place] = at * xScale(data.x);
    flat[2 * place + 1] = shownValue(y[place], data.quantity.scale, look.logY) ?? NaN;
  }
  return flat;
}

function shownValue(value: number | null | undefined, scale: number, log: boolean): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  return log && value <= 0 ? null : value * scale;
}

interface Stretch {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The intervals of all lines, below them: a polygon for each stretch in which one is known. One series, since each takes as long to make as a
 * line.
 */
function bandSeries(
  shown: readonly { readonly line: CurveLine; readonly look: Look }[],
  { data, look }: Omit<SeriesStyle, 'style'>,
): ChartOption[] {
  const bands = shown.flatMap(({ line, look: { colour } }) =>
    stretchesOf(line, data, look).map((stretch) => ({ line, colour, stretch })),
  );
  if (bands.length === 0) return [];
  const series = shapeSeries(
    bands.map(({ line: { key, runs }, stretch: [first] }) => ({
      ...{ value: [first?.x ?? 0, first?.low ?? 0], line: key, runs },
    })),
    (index, { coord }: Coordinates) => {
      const { colour = '', stretch = [] } = bands[index] ?? {};
      const upper = stretch.map(({ x, high }): PixelPoint => coord([x, high]));
      const lower = stretch.map(({ x, low }): PixelPoint => coord([x, low]));
      const shape = { points: [...upper, ...lower.toReversed()] };
      return { type: 'polygon', shape, style: { fill: colour, opacity: 0.18 } };
    },
    { silent: true, clip: true, tooltip: { show: false }, id: 'bands' },
  );
  return [series];
}

function stretchesOf(line: CurveLine, data: CurvesData, look: CurvesLook): readonly (readonly Stretch[])[] {
  const { scale } = data.quantity;
  const stretches: Stretch[][] = [[]];
  for (const [place, x] of line.x.entries()) {
    const low = shownValue(line.band?.low[place], scale, look.logY);
    const high = shownValue(line.band?.high[place], scale, look.logY);
    if (low === null || high === null) stretches.push([]);
    else stretches.at(-1)?.push({ x: x * xScale(data.x), low, high });
  }
  return stretches.filter((stretch) => stretch.length > 1);
}

function xName(axis: CurveAxis): string {
  switch (axis) {
    case 'step':
      return 'training step';
    case 'epoch':
      return 'epoch';
    case 'relative time':
      return 'time since the start (min)';
    case 'wall time':
      return 'time (UTC)';
    default:
      return assertNever(axis);
  }
}

/** Also where points lie within an epoch: between two of them there is no round place. */
function isOfWholes(axis: CurveAxis): boolean {
  return axis === 'step' || axis === 'epoch';
}

function xScale(axis: CurveAxis): number {
  return axis === 'relative time' ? 1 / 60 : 1;
}

function xText(axis: CurveAxis): ((value: number) => string) | null {
  return axis === 'wall time'
    ? (value) => new Date(value).toISOString().slice(5, 16).replace('T', ' ')
    : null;
}

function notesOf({ lines, smoothing, codes, notes }: CurvesData): string[] {
  const counts = lines.flatMap(({ n }) => (n ? [...new Set(n)] : []));
  const [least = 0, most = 0] = extent(counts);
  return [
    counts.length === 0
      ? ''
      : `mean with 95\u00a0% t interval, ${nText(least === most ? most : `${whole(least)} to ${whole(most)}`)} runs`,
    smoothing > 0 ? `smoothed (${smoothing}), raw faint` : '',
    codes && codes.untold.length > 0
      ? `lines that look the same differ in ${codes.untold.join(' and ')}`
      : '',
    ...notes,
  ];
}

interface AxisParameters {
  readonly seriesId?: string;
  readonly seriesName?: string;
  readonly value?: readonly unknown[];
}

function interaction(data: CurvesData, style: ChartStyle): ChartOption {
  const keys = new Set(data.lines.map(({ key }) => key));
  const formatter = (all: readonly AxisParameters[]): string => {
    const items = all.flatMap(({ seriesId, seriesName, value }) => {
      const y = value?.[1];
      return keys.has(seriesId ?? '') && typeof y === 'number' && Number.isFinite(y)
        ? [{ name: seriesName ?? '', y }]
        : [];
    });
    const sorted = items.toSorted((a, b) => b.y - a.y);
    const lines = sorted
      .slice(0, MOST_LINES)
      .map(({ name, y }) => `${quantityText(data.quantity, y / data.quantity.scale)}  ${name}`);
    const left = items.length - lines.length;
    const x = Number(all[0]?.value?.[0]);
    const place = xText(data.x)?.(x) ?? `${xName(data.x)} ${roundedTo(x, 6)}`;
    return [place, ...lines, ...(left > 0 ? [`and ${left} more`] : [])].join('\n');
  };
  const { faint } = inksOf(style);
  return {
    tooltip: {
      ...tooltipLook(style),
      trigger: 'axis',
      axisPointer: { type: 'cross', lineStyle: { color: faint } },
      formatter,
    },
    ...zoomOption(),
  };
}
