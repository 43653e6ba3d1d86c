import type { ChartStyle } from '../../chart-style.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, type PgfAxis } from '../../latex/pgf-document.ts';
import { pgfDash } from '../../latex/pgf-marks.ts';
import type { EnergyData } from './data.ts';
import { channelsAt, channelsName, curveLook, ENERGY_NAME, type EnergyAxis, opacityOf } from './look.ts';

/** A line for each curve and a thin one for the untrained network; the first curve of each role is in the legend. */
export function energyAxis(data: EnergyData, style: ChartStyle, axis: EnergyAxis): PgfAxis {
  const { curves, cells, parts, carried, quantity } = data;
  const named = new Set<string>();
  const isNew = (name: string): boolean => !named.has(name) && named.add(name).has(name);
  const body = curves.flatMap((curve) => {
    const { cell, layer, part, shares, untrained } = curve;
    const rows = shares.map(({ mean, low, high }, rank) => [
      channelsAt(axis, curve, rank),
      ...[mean, low, high].map((share) => (share === null ? null : share * quantity.scale)),
    ]);
    const name = `${parts[part] ?? ''}${cells.length > 1 ? `, ${cells[cell] ?? ''}` : ''}`;
    const isFirst = isNew(name);
    const before = untrained.map((share, rank) => [channelsAt(axis, curve, rank), share * quantity.scale]);
    return [
      `% ${latexText(`${layer}${cells.length > 1 ? `, ${cells[cell] ?? ''}` : ''}`)}`,
      ...(axis.baselines && before.length > 0
        ? [
            `\\addplot[line${part}, very thin, opacity=0.5, forget plot] ${inlineTable('x=x, y=y', ['x', 'y'], before)};`,
          ]
        : []),
      `\\addplot[line${part}, no marks, opacity=${opacityOf(curve).toFixed(2)}, ${pgfDash(curveLook(curve, data).dash, style.lineWidth)}${isFirst ? '' : ', forget plot'}] ${inlineTable('x=x, y=mean', ['x', 'mean', 'low', 'high'], rows)};`,
      ...(isFirst ? [`\\addlegendentry{${latexText(name)}}`] : []),
    ];
  });
  return {
    options: [
      ...axisOptions(style, channelsName(axis), ENERGY_NAME),
      `xmin=0, ymin=0, ymax=${quantity.scale}`,
      ...(carried === null
        ? []
        : [`extra y ticks={${carried * quantity.scale}}, extra y tick style={grid=major}`]),
      'ymajorgrids',
      'legend style={draw=none, at={(0.5,1.02)}, anchor=south, legend columns=3}',
    ],
    body,
  };
}
