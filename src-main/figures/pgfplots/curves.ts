import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import type { CurvesData } from '../../../src-shared/charts/curves/data.ts';
import type { CurvesLook } from '../../../src-shared/charts/curves/option.ts';
import { lookOf } from '../../../src-shared/charts/palette.ts';
import { latexText } from '../latex-text.ts';
import { axisOptions, inlineTable, type PgfAxis } from './document.ts';
import { pgfDash } from './marks.ts';

/** Lines with their bands; TeX cannot take more than some thousand points, so long curves are for the other formats. */
export function curvesAxis(data: CurvesData, look: CurvesLook, style: ChartStyle): PgfAxis {
  const { scale } = data.quantity;
  const shown = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : value * scale;
  const body = data.lines.flatMap((line, place) => {
    const { dash } = lookOf(place);
    const rows = line.x.map((x, at) => [
      x,
      shown(line.y[at]),
      shown(line.band?.low[at]),
      shown(line.band?.high[at]),
    ]);
    // A fill between paths with gaps is more than pgfplots can do.
    const known = rows.filter(([, , low]) => low !== null);
    const bounds = line.band
      ? [
          ...['low', 'high'].map(
            (bound) =>
              `\\addplot[name path=${bound}${place}, draw=none, forget plot, unbounded coords=jump] ${inlineTable(`x=x, y=${bound}`, ['x', 'y', 'low', 'high'], known)};`,
          ),
          `\\addplot[line${place}, opacity=0.18, forget plot] fill between[of=low${place} and high${place}];`,
        ]
      : [];
    const members = line.members.map(
      (member) =>
        `\\addplot[line${place}, thin, opacity=0.35, forget plot, unbounded coords=jump] ${inlineTable(
          'x=x, y=y',
          ['x', 'y'],
          member.x.map((x, at) => [x, shown(member.y[at])]),
        )};`,
    );
    return [
      ...bounds,
      ...members,
      `\\addplot[line${place}, ${pgfDash(dash, style.lineWidth)}, line width=${style.lineWidth}pt, unbounded coords=jump] ${inlineTable(
        'x=x, y=y',
        ['x', 'y'],
        rows.map(([x = null, y = null]) => [x, y]),
      )};`,
      `\\addlegendentry{${latexText(line.label)}}`,
    ];
  });
  return {
    options: [
      ...axisOptions(style, data.x, data.quantity.axis),
      ...(look.logX ? ['xmode=log'] : []),
      ...(look.logY ? ['ymode=log'] : []),
      'legend style={draw=none, at={(0.5,1.02)}, anchor=south, legend columns=2}',
    ],
    body,
  };
}
