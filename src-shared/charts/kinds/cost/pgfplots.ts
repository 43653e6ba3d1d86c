import type { ChartStyle } from '../../chart-style.ts';
import type { CostData } from './data.ts';
import type { BandPoint } from './fronts.ts';
import type { CostLook } from './drawing.ts';
import { stairBand } from '../../stairs.ts';
import { symbolOf } from '../../palette.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, type PgfAxis } from '../../latex/pgf-document.ts';
import { ERROR_BARS, errorBar, pgfMark } from '../../latex/pgf-marks.ts';

export function costAxis(data: CostData, look: CostLook, style: ChartStyle): PgfAxis {
  const { quantity, cost, points } = data;
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
  const fronts = look.front ? data.fronts : [];
  const lines = fronts.flatMap(({ set, band }) => {
    const own = points.filter((point) => point.set === set && point.onFront);
    const colour = data.frontTitle === '' ? 'black' : `line${own[0]?.colour ?? 0}`;
    const corners = own
      .map((point) => [point.cost * cost.scale, point.mean * quantity.scale])
      .toSorted(([a = 0], [b = 0]) => a - b);
    return [
      ...(look.band && band.length > 1 ? [bandPlot(band, colour, data)] : []),
      `\\addplot[${colour}, const plot, no marks] ${inlineTable('x=x, y=y', ['x', 'y'], corners)};`,
    ];
  });
  return {
    options: [
      ...axisOptions(style, cost.axis, quantity.axis),
      ...(data.isLogarithmic ? ['xmode=log'] : []),
      'ymajorgrids',
    ],
    body: [
      `\\addplot[black, only marks, mark=*, mark size=0.7pt, opacity=0.35] ${inlineTable('x=x, y=y', ['x', 'y'], runs)};`,
      ...lines,
      ...cells,
    ],
  };
}

/** The outline of the band, in steps: along its upper side and back along its lower one. */
function bandPlot(band: readonly BandPoint[], colour: string, { cost, quantity }: CostData): string {
  const side = (end: 'low' | 'high') =>
    band.map((point) => [point.cost * cost.scale, point[end] * quantity.scale] as const);
  const outline = stairBand(side('high'), side('low'));
  return `\\addplot[draw=none, fill=${colour}, fill opacity=0.15, forget plot] ${inlineTable('x=x, y=y', ['x', 'y'], outline)};`;
}
