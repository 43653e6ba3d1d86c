import type { ChartStyle } from '../../chart-style.ts';
import type { DifferencesData } from './data.ts';
import { baselineText, testText } from './drawing.ts';
import { differenceUnit } from '../../difference-text.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, namedTicks, type PgfAxis } from '../../latex/pgf-document.ts';
import { errorBar } from '../../latex/pgf-marks.ts';

export function differencesAxis(
  { quantity, rows, baseline, margin }: DifferencesData,
  style: ChartStyle,
): PgfAxis {
  const { scale } = quantity;
  const means = (isFilled: boolean): (number | null)[][] =>
    rows.flatMap(({ difference, low, high, isSignificant }, place) =>
      difference === null || isSignificant !== isFilled
        ? []
        : [[difference * scale, place, ...errorBar({ mean: difference, low, high }, scale)]],
    );
  const marks = (mark: string, table: (number | null)[][]): string[] =>
    table.length === 0
      ? []
      : [
          `\\addplot[line0, only marks, mark=${mark}, error bars/.cd, x dir=both, x explicit] ${inlineTable('x=x, y=y, x error minus=below, x error plus=above', ['x', 'y', 'below', 'above'], table)};`,
        ];
  const pairs = rows.flatMap(({ pairs: members }, place) =>
    members.map((pair) => [pair.difference * scale, place + 0.25]),
  );
  const bottom = rows.length - 0.4;
  const inner = rows.flatMap(({ equivalence }, place) =>
    equivalence ? [equivalence.interval.map((end) => [end * scale, place])] : [],
  );
  return {
    options: [
      ...axisOptions(style, `difference from ${baselineText(baseline)} in ${differenceUnit(quantity)}`, ''),
      ...namedTicks(
        'y',
        rows.map((row, at) => ({ at, label: row.label })),
      ),
      'y dir=reverse',
      `ymin=-0.6, ymax=${bottom}`,
      'clip=false',
    ],
    body: [
      ...(margin === null
        ? []
        : [
            `\\fill[gray, opacity=0.15] (axis cs:${-margin * scale},-0.6) rectangle (axis cs:${margin * scale},${bottom});`,
          ]),
      `\\draw[dashed, gray] (axis cs:0,-0.6) -- (axis cs:0,${bottom});`,
      ...inner.map(
        (ends) => `\\addplot[black, very thick, no marks] ${inlineTable('x=x, y=y', ['x', 'y'], ends)};`,
      ),
      `\\addplot[line0, only marks, mark=*, mark size=0.7pt, opacity=0.45] ${inlineTable('x=x, y=y', ['x', 'y'], pairs)};`,
      // a hollow mark is a difference that is not significant
      ...marks('square*', means(true)),
      ...marks('square', means(false)),
      ...rows.map(
        (row, place) =>
          `\\node[anchor=west] at (rel axis cs:1.02,${1 - (place + 0.6) / (rows.length + 0.2)}) {${latexText(testText(row))}};`,
      ),
    ],
  };
}
