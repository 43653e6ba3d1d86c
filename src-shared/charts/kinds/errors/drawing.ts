import { nText, percent } from '../../../numbers.ts';
import { baseOption, type ChartOption, type ChartStyle, type LegendEntry } from '../../chart-style.ts';
import { fillOf, lineSample, strokeOf } from '../../legend-marks.ts';
import { polylineMark, type ShapeDatum, shapeSeries, symbolMark } from '../../marks.ts';
import { colourOf, lookOf } from '../../palette.ts';
import { type Frame, plotFrame } from '../../plot-frame.ts';
import { axisOfQuantity, quantityText } from '../../quantity.ts';
import { stairBand, stairs } from '../../stairs.ts';
import { tooltipOption } from '../../tooltip.ts';
import type { ErrorCell, ErrorLine, ErrorsData } from './data.ts';

export interface ErrorsLook {
  readonly logX: boolean;
}

export const SHARE_NAME = 'cells with at most this error (%)';

/** Bands of more lines than these hide each other; the table has them. */
export const MOST_BANDS = 4;

/** Of more cells than these the marks run into each other. */
const MOST_LARGE = 100;

export function isLogarithmic({ lines }: ErrorsData, { logX }: ErrorsLook): boolean {
  return logX && lines.every(({ cells }) => cells.every(({ error }) => error > 0));
}

/**
 * The share of the cells with at most each error, in steps, with a mark for each cell; of a random sample with its band. Each
 * datum carries `runs` (ids) and `cell`.
 */
export function errorsOption(data: ErrorsData, style: ChartStyle, look: ErrorsLook): ChartOption {
  const { quantity, lines } = data;
  const values = lines.flatMap(({ cells }) => cells.map(({ error }) => error * quantity.scale));
  const frame = plotFrame(style, {
    x: isLogarithmic(data, look)
      ? { kind: 'log', ...axisOfQuantity(quantity), values }
      : { kind: 'linear', ...axisOfQuantity(quantity), values, ends: 'margin' },
    y: { kind: 'linear', name: SHARE_NAME, values: [0, 100], ends: 'round' },
    notes: [
      ...data.notes,
      data.isBanded && lines.length > MOST_BANDS ? 'the bands of so many series are in the table alone' : '',
    ],
    legend: legendOf(data, style),
    rules: 'y',
  });
  const isBanded = data.isBanded && lines.length <= MOST_BANDS;
  return {
    ...baseOption(style),
    ...frame.option,
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as CellDatum, data)),
    }),
    series: [
      ...(isBanded ? lines.map((line, place) => bandSeries(line, place, data, style, frame)) : []),
      ...lines.map((line, place) => lineSeries(line, place, data, style, frame)),
      ...lines.map((line, place) => cellSeries(line, place, data, style)),
    ],
  };
}

/** From nothing at the left end of the axis to all at the right one. */
function lineSeries(
  line: ErrorLine,
  place: number,
  { quantity }: ErrorsData,
  style: ChartStyle,
  { x }: Frame,
): ChartOption {
  const points = line.distribution.steps.map(
    ({ error, share }) => [error * quantity.scale, 100 * share] as const,
  );
  return shapeSeries(
    [{ value: [x.low, 0] }],
    (_, { coord }) =>
      polylineMark(
        stairs([[x.low, 0], ...points], x.high).map((point) => coord(point)),
        strokeOf(style, lookOf(place, place, style, line.label)),
      ),
    { silent: true },
  );
}

function bandSeries(
  line: ErrorLine,
  place: number,
  { quantity }: ErrorsData,
  style: ChartStyle,
  { x }: Frame,
): ChartOption {
  const { steps, margin, missing } = line.distribution;
  const before = Math.min(1, margin + missing / (line.cells.length + missing));
  const side = (end: 'low' | 'high', start: number) => [
    [x.low, 100 * start] as const,
    ...steps.map((step) => [step.error * quantity.scale, 100 * step[end]] as const),
  ];
  const outline = stairBand(side('high', before), side('low', 0), x.high);
  return shapeSeries(
    [{ value: [x.low, 0] }],
    (_, { coord }) => ({
      ...{ type: 'polygon', shape: { points: outline.map((point) => coord(point)) } },
      style: { fill: colourOf(place, style, line.label), opacity: 0.15 },
    }),
    { silent: true },
  );
}

interface CellDatum extends ShapeDatum {
  readonly runs: readonly string[];
  readonly cell: ErrorCell;
  readonly line: ErrorLine;
}

function cellSeries(
  line: ErrorLine,
  place: number,
  { quantity }: ErrorsData,
  style: ChartStyle,
): ChartOption {
  const shares = sharesOf(line);
  const look = lookOf(place, place, style, line.label);
  const radius = (line.cells.length > MOST_LARGE ? 0.12 : 0.22) * style.fontSize;
  const data = line.cells.map((cell): CellDatum => ({
    value: [cell.error * quantity.scale, 100 * (shares.get(cell.error) ?? NaN)],
    ...{ cell, line, runs: cell.runs },
  }));
  return shapeSeries(
    data,
    (at, { coord }) =>
      symbolMark(look.symbol, coord(data[at]?.value ?? []), radius, fillOf(style, look.colour)),
    style.interactive ? {} : { silent: true },
  );
}

function sharesOf({ distribution }: ErrorLine): ReadonlyMap<number, number> {
  return new Map(distribution.steps.map(({ error, share }) => [error, share]));
}

function legendOf({ lineTitle, lines }: ErrorsData, style: ChartStyle): LegendEntry[] {
  if (lineTitle === '') return [];
  return [
    { label: lineTitle, mark: null },
    ...lines.map(({ label }, place) => ({
      label,
      mark: lineSample(style, lookOf(place, place, style, label), true),
    })),
  ];
}

function tooltipLines({ cell, line }: CellDatum, { quantity }: ErrorsData): string[] {
  const share = sharesOf(line).get(cell.error) ?? NaN;
  return [
    cell.label,
    `${quantity.title} ${quantityText(quantity, cell.error)}, ${nText(cell.n)}`,
    `${percent(share)} of ${line.cells.length} cells have at most this`,
    cell.leftOut,
  ];
}
