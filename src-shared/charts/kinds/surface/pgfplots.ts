import { fixed } from '../../../numbers.ts';
import type { ChartStyle } from '../../chart-style.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, namedTicks, type PgfAxis } from '../../latex/pgf-document.ts';
import type { SurfaceData } from './data.ts';
import { heightMap } from './height-map.ts';

/** Squares a side: TeX takes seconds for more. */
const PARTS = 24;

/** The surface as shaded squares, its contours, and the means of the cells in the colours of the same map. */
export function surfaceAxis(data: SurfaceData, style: ChartStyle): PgfAxis {
  const { quantity, x, y, cells, surface } = data;
  const { xs, ys, at, low, high, contours } = heightMap(data, PARTS);
  const heights = ys.flatMap((up, row) => xs.map((across, column) => [across, up, at(column, row)]));
  const means = cells.map((cell) => [cell.x, cell.y, cell.mean * quantity.scale]);
  return {
    options: [
      ...axisOptions(style, x.title, y.title),
      ...namedTicks('x', x.places),
      ...namedTicks('y', y.places),
      'enlargelimits=false',
      `colormap name=values, colorbar, colorbar style={ylabel={${latexText(quantity.axis)}}}`,
      `point meta min=${low}, point meta max=${high}`,
    ],
    body: [
      ...surface.coefficients.map(
        ({ term, estimate, low: from, high: to }) =>
          `% ${latexText(`${term}: ${estimate} (${from} to ${to})`)}`,
      ),
      `\\addplot[matrix plot*, mesh/cols=${xs.length}, point meta=explicit] ${inlineTable('x=x, y=y, meta=z', ['x', 'y', 'z'], heights)};`,
      ...contours.flatMap(({ height, label, lines }) =>
        lines.map((line) => {
          const ink = height < low + 0.5 * (high - low) ? 'white' : 'black';
          const middle = (Math.floor(line.length / 2) + 0.5) / line.length;
          return `\\addplot[${ink}, thin, no marks] ${inlineTable('x=x, y=y', ['x', 'y'], line)} node[pos=${fixed(middle, 2)}, font=\\tiny] {${label}};`;
        }),
      ),
      `\\addplot[scatter, only marks, mark=*, mark size=2.5pt, point meta=explicit, scatter/use mapped color={draw=black, fill=mapped color}] ${inlineTable('x=x, y=y, meta=z', ['x', 'y', 'z'], means)};`,
    ],
  };
}
