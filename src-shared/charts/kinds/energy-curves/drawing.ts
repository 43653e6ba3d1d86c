import { roundedAt } from '../../../numbers.ts';
import {
  baseOption,
  type ChartOption,
  type ChartStyle,
  inksOf,
  type LegendEntry,
} from '../../chart-style.ts';
import { lineSample, strokeOf } from '../../legend-marks.ts';
import { lineMark, type PixelPoint, polylineMark, type ShapeDatum, shapeSeries } from '../../marks.ts';
import { type Look, lookOf } from '../../palette.ts';
import { type PanelContent, panelFrames } from '../../panel-frames.ts';
import { quantityText } from '../../quantity.ts';
import { tooltipOption } from '../../tooltip.ts';
import type { EnergyCurve, EnergyData } from './data.ts';
import { channelsAt, channelsName, ENERGY_NAME, type EnergyAxis, meansOf, mostChannels } from './look.ts';

/**
 * Curves of the cumulated energy of layers from their strongest channel on, with the band of the interval over the seeds, in
 * panels that share their axes. Each datum carries `runs` (ids) and `curve`.
 */
export function energyOption(data: EnergyData, style: ChartStyle, axis: EnergyAxis): ChartOption {
  const content = energyContent(data, style, axis);
  const of = (panel: number): readonly EnergyCurve[] => data.curves.filter((curve) => curve.panel === panel);
  return {
    ...baseOption(style),
    ...panelFrames(style, content),
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as CurveDatum, data)),
    }),
    series: data.panels.flatMap((_, panel) =>
      panelSeries(of(panel), data, style, axis).map((series) => ({
        ...{ ...series, xAxisIndex: panel, yAxisIndex: panel },
      })),
    ),
  };
}

export function energyContent(data: EnergyData, style: ChartStyle, axis: EnergyAxis): PanelContent {
  return {
    x: {
      ...{ kind: 'linear', name: channelsName(axis), ends: 'tight', isWhole: axis.x === 'number' },
      values: [0, ...data.curves.map((curve) => channelsAt(axis, curve, curve.shares.length - 1))],
    },
    y: { kind: 'linear', name: ENERGY_NAME, values: [0, data.quantity.scale], ends: 'round' },
    notes: notesOf(data, axis),
    legend: legendOf(data, style, axis),
    panels: data.panels,
  };
}

interface CurveDatum extends ShapeDatum {
  readonly runs: readonly string[];
  readonly curve: EnergyCurve;
}

function panelSeries(
  curves: readonly EnergyCurve[],
  { quantity: { scale }, carried, curves: all, lines }: EnergyData,
  style: ChartStyle,
  axis: EnergyAxis,
): ChartOption[] {
  const data = curves.map((curve) => ({
    value: [channelsAt(axis, curve, 0), (curve.shares[0]?.mean ?? 0) * scale],
    ...{ curve, runs: curve.runs },
  }));
  const drawn = (
    draw: (curve: EnergyCurve, coord: (point: readonly number[]) => PixelPoint) => ChartOption | null,
    more: ChartOption = { silent: true },
  ): ChartOption =>
    shapeSeries(
      data,
      (place, { coord }) => {
        const curve = curves[place];
        return curve ? draw(curve, coord) : null;
      },
      more,
    );
  const lookOfCurve = ({ line }: EnergyCurve): Look => lookOf(line, line, style, lines[line]);
  // from nothing on
  const pointsOf = (curve: EnergyCurve, shares: readonly number[]): number[][] => [
    [0, 0],
    ...shares.map((share, rank) => [channelsAt(axis, curve, rank), share * scale]),
  ];
  return [
    ...(carried === null ? [] : [carriedSeries(carried * scale, mostChannels(axis, all, style), style)]),
    ...(axis.baselines
      ? [
          drawn((curve, coord) =>
            curve.untrained.length === 0
              ? null
              : polylineMark(
                  pointsOf(curve, curve.untrained).map((point) => coord(point)),
                  { stroke: lookOfCurve(curve).colour, lineWidth: 0.5 * style.lineWidth, opacity: 0.6 },
                ),
          ),
        ]
      : []),
    drawn((curve, coord) => {
      if (curve.shares.some(({ low }) => low === null)) return null;
      const side = (end: 'low' | 'high'): PixelPoint[] =>
        curve.shares.map((share, rank) =>
          coord([channelsAt(axis, curve, rank), (share[end] ?? NaN) * scale]),
        );
      const shape = { points: [...side('high'), ...side('low').toReversed()] };
      return { type: 'polygon', shape, style: { fill: lookOfCurve(curve).colour, opacity: 0.18 } };
    }),
    drawn(
      (curve, coord) =>
        polylineMark(
          pointsOf(curve, meansOf(curve)).map((point) => coord(point)),
          strokeOf(style, lookOfCurve(curve)),
        ),
      style.interactive ? {} : { silent: true },
    ),
  ];
}

/** The share up to which channels are counted as those that carry the layer. */
function carriedSeries(at: number, end: number, style: ChartStyle): ChartOption {
  const stroke = { stroke: inksOf(style).ink, lineWidth: style.lineWidth / 2, lineDash: [1, 2] };
  return shapeSeries(
    [{ value: [0, at] }],
    (_, { coord }) => lineMark(coord([0, at]), coord([end, at]), stroke),
    { silent: true },
  );
}

function legendOf(
  { lines, lineTitle, curves }: EnergyData,
  style: ChartStyle,
  { baselines }: EnergyAxis,
): LegendEntry[] {
  const thin = { ...style, lineWidth: 0.5 * style.lineWidth };
  const isUntrained = baselines && curves.some(({ untrained }) => untrained.length > 0);
  return [
    { label: lineTitle, mark: null },
    ...lines.map((label, line) => ({
      label,
      mark: lineSample(style, lookOf(line, line, style, label), false),
    })),
    ...(isUntrained
      ? [
          {
            label: 'untrained (thin)',
            mark: lineSample(thin, { ...lookOf(0), colour: inksOf(style).faint }, false),
          },
        ]
      : []),
  ];
}

function notesOf({ curves, carried, notes }: EnergyData, { baselines }: EnergyAxis): string[] {
  return [
    curves.some(({ runs }) => runs.length > 1) ? 'mean by rank with 95\u00a0% t interval' : '',
    ...notes,
    carried === null ? '' : `dotted: ${roundedAt(100 * carried, 2)}\u00a0% of the energy`,
    baselines && curves.every(({ untrained }) => untrained.length === 0)
      ? 'untrained network unknown: analysed by an earlier version'
      : '',
  ];
}

function tooltipLines({ curve }: CurveDatum, { cells, carried, quantity }: EnergyData): string[] {
  const { layer, part, cell, shares, runs } = curve;
  const means = meansOf(curve);
  const count = carried === null ? -1 : means.findIndex((share) => share >= carried) + 1;
  return [
    `${layer}, ${part}${cells.length > 1 ? `, ${cells[cell] ?? ''}` : ''}`,
    `strongest channel ${quantityText(quantity, means[0] ?? NaN)}\u00a0%`,
    count < 1 || carried === null
      ? ''
      : `${quantityText(quantity, carried)}\u00a0% in ${count} of ${shares.length} channels`,
    runs.length > 1 ? `mean of ${runs.length} seeds` : '',
  ];
}
