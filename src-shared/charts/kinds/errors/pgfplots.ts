import type { ChartStyle } from '../../chart-style.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, type PgfAxis } from '../../latex/pgf-document.ts';
import { pgfDash, pgfMark } from '../../latex/pgf-marks.ts';
import { lookOf } from '../../palette.ts';
import { stairBand } from '../../stairs.ts';
import type { ErrorsData } from './data.ts';
import { type ErrorsLook, isLogarithmic, MOST_BANDS, SHARE_NAME } from './drawing.ts';

/** Steps with a mark at each error; the band of a random sample behind them. */
export function errorsAxis(data: ErrorsData, style: ChartStyle, look: ErrorsLook): PgfAxis {
  const { quantity, lines, lineTitle, isBanded } = data;
  const body = lines.flatMap(({ label, distribution: { steps } }, place) => {
    const { symbol, dash } = lookOf(place);
    const rows = steps.map(({ error, share, low, high }) => [
      ...[error * quantity.scale, 100 * share, 100 * low, 100 * high],
    ]);
    const side = (end: 'low' | 'high') =>
      steps.map((step) => [step.error * quantity.scale, 100 * step[end]] as const);
    return [
      ...(isBanded && lines.length <= MOST_BANDS && steps.length > 1
        ? [
            `\\addplot[draw=none, fill=line${place}, fill opacity=0.15, forget plot] ${inlineTable('x=x, y=y', ['x', 'y'], stairBand(side('high'), side('low')))};`,
          ]
        : []),
      `\\addplot[line${place}, const plot, ${pgfMark(symbol, `line${place}`)}, mark size=1pt, ${pgfDash(dash, style.lineWidth)}] ${inlineTable('x=x, y=y', ['x', 'y', 'low', 'high'], rows)};`,
      ...(lineTitle === '' ? [] : [`\\addlegendentry{${latexText(`${lineTitle} ${label}`)}}`]),
    ];
  });
  return {
    options: [
      ...axisOptions(style, quantity.axis, SHARE_NAME),
      ...(isLogarithmic(data, look) ? ['xmode=log'] : []),
      ...['ymin=0, ymax=100', 'ymajorgrids'],
      'legend style={draw=none, at={(0.5,1.02)}, anchor=south, legend columns=3}',
    ],
    body,
  };
}
