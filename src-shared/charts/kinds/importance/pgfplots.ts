import type { ChartStyle } from '../../chart-style.ts';
import { axisOptions, inlineTable, namedTicks, type PgfAxis } from '../../latex/pgf-document.ts';
import { errorBar } from '../../latex/pgf-marks.ts';
import type { ImportanceData } from './data.ts';
import { SHARE_NAME, shownRows } from './drawing.ts';

/** Bars lying down, with the range over refits. */
export function importanceAxis(data: ImportanceData, style: ChartStyle): PgfAxis {
  const rows = shownRows(data);
  const places = rows.map(({ label }, place) => ({ at: rows.length - 1 - place, label }));
  const plots = [false, true].map((isPair) => {
    const own = rows.flatMap((row, place) =>
      row.isPair === isPair
        ? [[100 * row.share, rows.length - 1 - place, ...errorBar({ ...row, mean: row.share }, 100)]]
        : [],
    );
    return own.length === 0
      ? []
      : [
          `\\addplot[xbar, bar shift=0pt, draw=black, fill=line${isPair ? 1 : 0}, error bars/.cd, x dir=both, x explicit] ${inlineTable('x=share, y=y, x error minus=below, x error plus=above', ['share', 'y', 'below', 'above'], own)};`,
          `\\addlegendentry{${isPair ? 'two settings beyond what each explains' : 'one setting'}}`,
        ];
  });
  return {
    options: [
      ...axisOptions(style, SHARE_NAME, ''),
      ...namedTicks('y', places),
      ...['xmin=0', 'bar width=6pt', 'xmajorgrids'],
      'legend style={draw=none, at={(0.5,1.02)}, anchor=south, legend columns=2}',
    ],
    body: plots.flat(),
  };
}
