import type { ChartStyle } from '../../chart-style.ts';
import type { CostData } from './data.ts';
import type { CostLook } from './drawing.ts';
import { symbolOf } from '../../palette.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, type PgfAxis } from '../../latex/pgf-document.ts';
import { ERROR_BARS, errorBar, pgfMark } from '../../latex/pgf-marks.ts';

export function costAxis({ quantity, cost, points }: CostData, look: CostLook, style: ChartStyle): PgfAxis {
  const runs = points.flatMap((point) =>
    point.runs.map((run) => [run.cost * cost.scale, run.value * quantity.scale]),
  );
  const cells = points.flatMap((point) => {
    const row = [point.cost * cost.scale, point.mean * quantity.scale, ...errorBar(point, quantity.scale)];
    return [
      `% ${latexText(point.label)}, n = ${point.n}`,
      `\\addplot[line${point.colour}, ${pgfMark(symbolOf(point.symbol), `line${point.colour}`)}, only marks, ${ERROR_BARS}] ${inlineTable('x=x, y=mean, y error minus=below, y error plus=above', ['x', 'mean', 'below', 'above'], [row])};`,
    ];
  });
  const front = points
    .filter(({ onFront }) => onFront)
    .map((point) => [point.cost * cost.scale, point.mean * quantity.scale])
    .toSorted(([a = 0], [b = 0]) => a - b);
  return {
    options: [
      ...axisOptions(style, cost.axis, quantity.axis),
      ...(look.logX && points.every((point) => point.cost > 0) ? ['xmode=log'] : []),
      'ymajorgrids',
    ],
    body: [
      `\\addplot[black, only marks, mark=*, mark size=0.7pt, opacity=0.35] ${inlineTable('x=x, y=y', ['x', 'y'], runs)};`,
      ...(look.front
        ? [`\\addplot[black, const plot, no marks] ${inlineTable('x=x, y=y', ['x', 'y'], front)};`]
        : []),
      ...cells,
    ],
  };
}
