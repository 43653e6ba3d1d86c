import { extent } from 'd3-array';
import type { ChartStyle } from '../../chart-style.ts';
import { countText } from '../../cells/count-text.ts';
import { axesOf, type HeatCell, type HeatMapData, type Marginal, tellsSpread } from './data.ts';
import { type Quantity, quantityText, spreadText } from '../../quantity.ts';
import { latexText } from '../../latex/latex-text.ts';
import type { PgfAxis } from '../../latex/pgf-document.ts';
import { matrixAxis } from '../../latex/pgf-matrix.ts';

/** Of more places the words could not be read. */
const MOST_WORDED = 200;

/** One matrix plot for each panel; marginal means are in its comment. */
export function heatMapAxes(data: HeatMapData, style: ChartStyle): PgfAxis[] {
  const { quantity, x, y, panels, marginals, colours } = data;
  const means = panels
    .flatMap(({ cells }) => cells.flatMap(({ mean }) => mean ?? []))
    .map((mean) => mean * quantity.scale);
  const [low = 0, high = 1] = colours?.map((end) => end * quantity.scale) ?? extent(means);
  const hasSpread = tellsSpread(data);
  return panels.map((panel) => {
    const { label, cells } = panel;
    const places = cells.map((cell) => ({
      column: cell.column,
      row: cell.row,
      value: cell.mean === null ? null : cell.mean * quantity.scale,
      words: cells.length > MOST_WORDED ? [] : wordsOf(cell, quantity, hasSpread),
    }));
    const axis = matrixAxis(
      { ...axesOf(data, panel), title: label, places, meta: quantity.axis, range: [low, high] },
      style,
      1 / Math.min(panels.length, 2),
    );
    const mean = (name: string, value: Marginal | null): string =>
      `% mean over ${latexText(name)}: ${value === null ? 'a cell has no runs' : `${value.mean * quantity.scale} (${countText([value])})`}`;
    const edges = marginals
      ? [
          ...marginals.columns.map((value, place) => mean(`${x.title} ${x.labels[place] ?? ''}`, value)),
          ...marginals.rows.map((value, place) => mean(`${y.title} ${y.labels[place] ?? ''}`, value)),
        ]
      : [];
    return { ...axis, body: [...edges, ...axis.body] };
  });
}

function wordsOf(cell: HeatCell, quantity: Quantity, hasSpread: boolean): string[] {
  if (cell.mean === null) return [cell.state];
  return [
    `\\textbf{${latexText(quantityText(quantity, cell.mean))}}`,
    ...(hasSpread ? [latexText(spreadText(quantity, cell) || 'no interval'), `$n = ${cell.seeds}$`] : []),
  ];
}
