import { fixed } from '../../../numbers.ts';
import type { ChartStyle } from '../../chart-style.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, type PgfAxis } from '../../latex/pgf-document.ts';
import { pgfDash } from '../../latex/pgf-marks.ts';
import { lookOf } from '../../palette.ts';
import { panelsAcross } from '../../panel-frames.ts';
import type { EnergyCurve, EnergyData } from './data.ts';
import { channelsAt, channelsName, ENERGY_NAME, type EnergyAxis, mostChannels } from './look.ts';

/** Of the width that a panel would have with its labels alone. */
const PANEL = 0.95;

/** A panel each, in the rows of the drawing, and behind them the legend. */
export function energyAxes(data: EnergyData, style: ChartStyle, axis: EnergyAxis): PgfAxis[] {
  const { curves, carried, quantity, panels } = data;
  const across = panelsAcross(panels.length, style);
  const rows = Math.ceil(panels.length / across);
  const most = mostChannels(axis, curves, style);
  const own = (x: string, y: string): string[] =>
    axisOptions(
      { ...style, height: Math.max(style.height / rows, 11 * style.fontSize) },
      x,
      y,
      PANEL / across,
    );
  const isLowest = (panel: number): boolean => panel + across >= panels.length;
  const axes = panels.map((name, panel) => ({
    options: [
      ...own(isLowest(panel) ? channelsName(axis) : '', panel % across === 0 ? ENERGY_NAME : ''),
      `title={${latexText(name)}}`,
      `xmin=0, xmax=${most}, ymin=0, ymax=${quantity.scale}`,
      ...(carried === null
        ? []
        : [
            `extra y ticks={${carried * quantity.scale}}, extra y tick labels={}, extra y tick style={grid=major}`,
          ]),
      `xlabel style={align=center, text width=${fixed((PANEL * style.width) / across, 1)}pt}`,
      'ymajorgrids',
    ],
    body: curves
      .filter((curve) => curve.panel === panel)
      .flatMap((curve) => curveLines(curve, data, style, axis)),
  }));
  return [...axes, legendAxis(data, style, own('', ''))];
}

function curveLines(
  curve: EnergyCurve,
  { cells, quantity }: EnergyData,
  style: ChartStyle,
  axis: EnergyAxis,
): string[] {
  const { cell, layer, line, shares, untrained } = curve;
  const rows = shares.map(({ mean, low, high }, rank) => [
    channelsAt(axis, curve, rank),
    ...[mean, low, high].map((share) => (share === null ? null : share * quantity.scale)),
  ]);
  const before = untrained.map((share, rank) => [channelsAt(axis, curve, rank), share * quantity.scale]);
  return [
    `% ${latexText(`${layer}${cells.length > 1 ? `, ${cells[cell] ?? ''}` : ''}`)}`,
    ...(axis.baselines && before.length > 0
      ? [`\\addplot[line${line}, very thin, opacity=0.6] ${inlineTable('x=x, y=y', ['x', 'y'], before)};`]
      : []),
    `\\addplot[${lineStyle(line, style)}] ${inlineTable('x=x, y=mean', ['x', 'mean', 'low', 'high'], rows)};`,
  ];
}

function legendAxis({ lines }: EnergyData, style: ChartStyle, options: readonly string[]): PgfAxis {
  return {
    options: [
      ...options,
      'hide axis, xmin=0, xmax=1, ymin=0, ymax=1',
      'legend style={draw=none, at={(0,1)}, anchor=north west}',
      'legend cell align=left',
    ],
    body: lines.flatMap((label, line) => [
      `\\addlegendimage{${lineStyle(line, style)}}`,
      `\\addlegendentry{${latexText(label)}}`,
    ]),
  };
}

function lineStyle(line: number, { lineWidth }: ChartStyle): string {
  return `line${line}, no marks, ${pgfDash(lookOf(line).dash, lineWidth)}`;
}
