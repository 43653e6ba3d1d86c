import type { ChartStyle } from '../../chart-style.ts';
import type { CurvesData } from './data.ts';
import type { CurvesLook } from './drawing.ts';
import { lineLegend, lineLooks } from './line-looks.ts';
import { lookOf } from '../../palette.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, type PgfAxis } from '../../latex/pgf-document.ts';
import { pgfDash } from '../../latex/pgf-marks.ts';

/** Of what the legend tells without a colour. */
const INK = '#000000';

/** Of the lines, then of the entries of the legend. */
export function curveColours(data: CurvesData, style: ChartStyle): string[] {
  const entries = lineLegend(data, style, INK).map(({ look }) => look?.colour ?? INK);
  return [...lineLooks(data, style).map(({ colour }) => colour), ...entries];
}

/** Lines with their bands; TeX cannot take more than some thousand points, so long curves are for the other formats. */
export function curvesAxis(data: CurvesData, look: CurvesLook, style: ChartStyle): PgfAxis {
  const { scale } = data.quantity;
  const legend = legendOf(data, style);
  const shown = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : value * scale;
  const looks = lineLooks(data, style);
  const body = data.lines.flatMap((line, place) => {
    const { dash } = looks[place] ?? lookOf(place);
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
      `\\addplot[line${place}, ${pgfDash(dash, style.lineWidth)}, line width=${style.lineWidth}pt, unbounded coords=jump, forget plot] ${inlineTable(
        'x=x, y=y',
        ['x', 'y'],
        rows.map(([x = null, y = null]) => [x, y]),
      )};`,
    ];
  });
  return {
    options: [
      ...axisOptions(style, data.x, data.quantity.axis),
      ...(look.logX ? ['xmode=log'] : []),
      ...(look.logY ? ['ymode=log'] : []),
      `legend style={draw=none, at={(0.5,1.02)}, anchor=south, legend columns=${legend.columns}}`,
    ],
    body: [...body, ...legend.body],
  };
}

const MOST_COLUMNS = 5;

/** The colours of the legend come after those of the lines. Each setting that is told begins a row. */
function legendOf(
  data: CurvesData,
  style: ChartStyle,
): { readonly columns: number; readonly body: string[] } {
  const entries = lineLegend(data, style, INK).map(({ label, look }, place) => ({
    isTitle: look === null,
    tex: look
      ? [
          `\\addlegendimage{line${data.lines.length + place}, ${pgfDash(look.dash, style.lineWidth)}, line width=${style.lineWidth}pt}`,
          `\\addlegendentry{${latexText(label)}}`,
        ]
      : ['\\addlegendimage{empty legend}', `\\addlegendentry{\\textbf{${latexText(label)}}}`],
  }));
  const titles = entries.flatMap(({ isTitle }, place) => (isTitle ? [place] : []));
  if (titles.length === 0) return { columns: 2, body: entries.flatMap(({ tex }) => tex) };
  const rows = titles.map((start, place) => entries.slice(start, titles[place + 1]));
  const columns = Math.min(MOST_COLUMNS, Math.max(...rows.map((row) => row.length)));
  return {
    columns,
    body: rows.flatMap((row) => [...row.flatMap(({ tex }) => tex), ...emptyEntries(-row.length, columns)]),
  };
}

/** So many as fill the row. */
function emptyEntries(missing: number, columns: number): string[] {
  const count = ((missing % columns) + columns) % columns;
  return Array.from({ length: count }, () => ['\\addlegendimage{empty legend}', '\\addlegendentry{}']).flat();
}
