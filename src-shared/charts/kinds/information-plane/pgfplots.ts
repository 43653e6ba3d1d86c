import type { ChartStyle } from '../../chart-style.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, type PgfAxis } from '../../latex/pgf-document.ts';
import { pgfDash, pgfMark } from '../../latex/pgf-marks.ts';
import { lookOf } from '../../palette.ts';
import type { FactorPoint } from '../factor/points.ts';
import type { PlaneData } from './data.ts';
import { axisNames, boundsOf, planeNames, roleLook } from './drawing.ts';

const COLUMNS = ['x', 'y', 'left', 'right', 'below', 'above', 'seeds', 'cells'];
const USE = 'x=x, y=y, x error minus=left, x error plus=right, y error minus=below, y error plus=above';

/** The points of each role of each path, over the line that joins the path; names at those that the drawing names. */
export function planeAxis(data: PlaneData, style: ChartStyle): PgfAxis {
  const { paths, parts, title, baselines } = data;
  const names = axisNames();
  const ends = (side: 'x' | 'y', of: FactorPoint): number[] => {
    const [low, high] = boundsOf(of);
    const { scale } = data[side];
    const mean = of.mean ?? NaN;
    return low === undefined || high === undefined ? [0, 0] : [(mean - low) * scale, (high - mean) * scale];
  };
  const body = paths.flatMap(({ label, points }, mark) => {
    const { dash } = lookOf(0, mark);
    const at = points.map(({ x, y }) => [(x.mean ?? NaN) * data.x.scale, (y.mean ?? NaN) * data.y.scale]);
    const own = parts.flatMap((part, colour) => {
      const rows = points.flatMap(({ part: of, x, y }, place) =>
        of === colour ? [[...(at[place] ?? []), ...ends('x', x), ...ends('y', y), x.seeds, x.cells]] : [],
      );
      if (rows.length === 0) return [];
      return [
        `\\addplot[only marks, ${pgfMark(roleLook(data, colour, mark, style).symbol, `line${colour}`)}, error bars/.cd, x dir=both, x explicit, y dir=both, y explicit] ${inlineTable(USE, COLUMNS, rows)};`,
        `\\addlegendentry{${latexText(title === '' ? part : `${part}, ${title} ${label}`)}}`,
      ];
    });
    return [
      ...points.map(({ layer }, place) => `% ${place}: ${latexText(layer)}`),
      `\\addplot[gray, no marks, ${pgfDash(dash, style.lineWidth)}, forget plot] ${inlineTable('x=x, y=y', ['x', 'y'], at)};`,
      ...own,
    ];
  });
  const beside = baselines.flatMap(({ label, points }, place) => [
    `\\addplot[gray, mark=o, mark size=0.8pt, ${pgfDash(lookOf(place + 1).dash, style.lineWidth)}] ${inlineTable(
      'x=x, y=y',
      ['x', 'y'],
      points.map(({ x, y }) => [x * data.x.scale, y * data.y.scale]),
    )};`,
    `\\addlegendentry{${latexText(label)}}`,
  ]);
  const shown = new Set(planeNames(data, style).map(({ text }) => text));
  const nodes = (paths[0]?.points ?? [])
    .filter(({ layer }) => shown.has(layer))
    .map(
      ({ layer, x, y }) =>
        `\\node[anchor=west, font=\\tiny] at (axis cs:${(x.mean ?? NaN) * data.x.scale},${(y.mean ?? NaN) * data.y.scale}) {${latexText(layer)}};`,
    );
  return {
    options: [
      ...axisOptions(style, names.x, names.y),
      'ymajorgrids',
      'legend style={draw=none, at={(0.5,1.02)}, anchor=south, legend columns=3}',
    ],
    body: [...beside, ...body, ...nodes],
  };
}
