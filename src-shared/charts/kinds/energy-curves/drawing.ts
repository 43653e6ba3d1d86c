import { baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import type { LegendEntry } from '../../heading.ts';
import { lineSample, strokeOf } from '../../legend-marks.ts';
import { groupMark, lineMark, type PixelPoint, polylineMark, shapeSeries, textMark } from '../../marks.ts';
import { type Look, lookOf } from '../../palette.ts';
import { type Frame, plotFrame } from '../../plot-frame.ts';
import { quantityText } from '../../quantity.ts';
import { tooltipOption } from '../../tooltip.ts';
import { curveNames } from './curve-names.ts';
import type { EnergyCurve, EnergyData } from './data.ts';
import {
  channelsAt,
  channelsName,
  curveLook,
  ENERGY_NAME,
  type EnergyAxis,
  meansOf,
  opacityOf,
} from './look.ts';

/** Bands of more curves than these hide each other. */
const MOST_BANDS = 12;

/**
 * Curves of the cumulated energy of layers from their strongest channel on, with the band of the interval over the seeds
 * where there are few of them. Layers are named where there is room. Each datum carries `runs` (ids) and `curve`.
 */
export function energyOption(data: EnergyData, style: ChartStyle, axis: EnergyAxis): ChartOption {
  const { curves, quantity, carried } = data;
  const frame = plotFrame(style, {
    x: {
      ...{ kind: 'linear', name: channelsName(axis), ends: 'tight' },
      values: [0, ...curves.map((curve) => channelsAt(axis, curve, curve.shares.length - 1))],
    },
    y: { kind: 'linear', name: ENERGY_NAME, values: [0, quantity.scale], ends: 'round' },
    notes: notesOf(data, axis),
    legend: legendOf(data, style, axis),
    rules: 'y',
  });
  return {
    ...baseOption(style),
    ...frame.option,
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as CurveDatum, data)),
    }),
    series: [
      ...(carried === null ? [] : [carriedSeries(carried * quantity.scale, frame, style)]),
      ...(axis.baselines ? [untrainedSeries(data, style, axis)] : []),
      ...(curves.length > MOST_BANDS ? [] : [bandSeries(data, axis)]),
      curveSeries(data, style, axis),
      nameSeries(data, frame, style, axis),
    ],
  };
}

interface CurveDatum {
  readonly value: readonly number[];
  readonly runs: readonly string[];
  readonly curve: EnergyCurve;
  readonly [detail: string]: unknown;
}

/** From nothing on. */
function pointsOf(
  curve: EnergyCurve,
  shares: readonly number[],
  scale: number,
  axis: EnergyAxis,
): number[][] {
  return [[0, 0], ...shares.map((share, rank) => [channelsAt(axis, curve, rank), share * scale])];
}

function datumsOf({ curves, quantity }: EnergyData, axis: EnergyAxis): CurveDatum[] {
  return curves.map((curve) => ({
    value: [channelsAt(axis, curve, 0), (curve.shares[0]?.mean ?? 0) * quantity.scale],
    ...{ curve, runs: curve.runs },
  }));
}

function curveSeries(data: EnergyData, style: ChartStyle, axis: EnergyAxis): ChartOption {
  return shapeSeries(
    datumsOf(data, axis),
    (place, { coord }) => {
      const curve = data.curves[place];
      if (!curve) return null;
      const points = pointsOf(curve, meansOf(curve), data.quantity.scale, axis);
      return polylineMark(
        points.map((point) => coord(point)),
        { ...strokeOf(style, curveLook(curve, data)), opacity: opacityOf(curve) },
      );
    },
    style.interactive ? {} : { silent: true },
  );
}

function untrainedSeries(data: EnergyData, style: ChartStyle, axis: EnergyAxis): ChartOption {
  return shapeSeries(
    datumsOf(data, axis),
    (place, { coord }) => {
      const curve = data.curves[place];
      if (!curve || curve.untrained.length === 0) return null;
      const look = curveLook(curve, data);
      return polylineMark(
        pointsOf(curve, curve.untrained, data.quantity.scale, axis).map((point) => coord(point)),
        { stroke: look.colour, lineWidth: 0.5 * style.lineWidth, opacity: 0.4 },
      );
    },
    { silent: true },
  );
}

function bandSeries(data: EnergyData, axis: EnergyAxis): ChartOption {
  const { scale } = data.quantity;
  return shapeSeries(
    datumsOf(data, axis),
    (place, { coord }) => {
      const curve = data.curves[place];
      if (!curve || curve.shares.some(({ low }) => low === null)) return null;
      const side = (end: 'low' | 'high'): PixelPoint[] =>
        curve.shares.map((share, rank) =>
          coord([channelsAt(axis, curve, rank), (share[end] ?? NaN) * scale]),
        );
      const shape = { points: [...side('high'), ...side('low').toReversed()] };
      return { type: 'polygon', shape, style: { fill: curveLook(curve, data).colour, opacity: 0.18 } };
    },
    { silent: true },
  );
}

/** The share up to which channels are counted as those that carry the layer. */
function carriedSeries(at: number, { x }: Frame, style: ChartStyle): ChartOption {
  const stroke = { stroke: inksOf(style).ink, lineWidth: style.lineWidth / 2, lineDash: [1, 2] };
  return shapeSeries(
    [{ value: [x.low, at] }],
    (_, { coord }) => lineMark(coord([x.low, at]), coord([x.high, at]), stroke),
    { silent: true },
  );
}

function nameSeries(data: EnergyData, frame: Frame, style: ChartStyle, axis: EnergyAxis): ChartOption {
  const fontSize = 0.8 * style.fontSize;
  const names = curveNames(data, frame, fontSize, axis);
  const look = { fontSize, fontFamily: style.fontFamily, fill: inksOf(style).ink };
  return shapeSeries(
    names.length > 0 ? [{ value: [0, 0] }] : [],
    () => groupMark(names.map(({ text, x, y, align }) => textMark(text, [x, y], { ...look, align }))),
    { silent: true },
  );
}

function legendOf(data: EnergyData, style: ChartStyle, { baselines }: EnergyAxis): LegendEntry[] {
  const { parts, cells, curves } = data;
  const { faint } = inksOf(style);
  const isOfCells = cells.length > 1;
  const ofPart = (part: number): Look => (isOfCells ? lookOf(part, 0) : lookOf(part));
  return [
    { label: 'role', mark: null },
    ...parts.map((label, part) => ({ label, mark: lineSample(style, ofPart(part), false) })),
    ...(isOfCells ? [{ label: 'cell', mark: null }] : []),
    ...(isOfCells ? cells : []).map((label, cell) => ({
      label,
      mark: lineSample(style, { ...lookOf(0, cell), colour: faint }, false),
    })),
    ...(baselines && curves.some(({ untrained }) => untrained.length > 0)
      ? [
          {
            label: 'untrained (thin)',
            mark: lineSample(
              { ...style, lineWidth: 0.5 * style.lineWidth },
              { ...lookOf(0), colour: faint },
              false,
            ),
          },
        ]
      : []),
  ];
}

function notesOf(data: EnergyData, { baselines }: EnergyAxis): string[] {
  const { curves, carried, notes } = data;
  const isOfSeeds = curves.some(({ runs }) => runs.length > 1);
  const isBanded = isOfSeeds && curves.length <= MOST_BANDS;
  return [
    isOfSeeds ? `mean by rank${isBanded ? ' with 95 % t interval' : '; intervals are in the table'}` : '',
    ...notes,
    'the deeper the layer, the stronger its line',
    carried === null ? '' : `dotted: ${Number((100 * carried).toFixed(2))} % of the energy`,
    baselines && curves.every(({ untrained }) => untrained.length === 0)
      ? 'untrained network unknown: analysed by an earlier version'
      : '',
  ];
}

function tooltipLines({ curve }: CurveDatum, { cells, parts, carried, quantity }: EnergyData): string[] {
  const { layer, part, cell, shares, runs } = curve;
  const means = meansOf(curve);
  const count = carried === null ? -1 : means.findIndex((share) => share >= carried) + 1;
  return [
    `${layer}, ${parts[part] ?? ''}${cells.length > 1 ? `, ${cells[cell] ?? ''}` : ''}`,
    `strongest channel ${quantityText(quantity, means[0] ?? NaN)} %`,
    count < 1 || carried === null
      ? ''
      : `${quantityText(quantity, carried)} % in ${count} of ${shares.length} channels`,
    runs.length > 1 ? `mean of ${runs.length} seeds` : '',
  ];
}
