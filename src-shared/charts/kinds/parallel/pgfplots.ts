import { extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import type { ChartStyle } from '../../chart-style.ts';
import type { ParallelAxis, ParallelData } from './data.ts';
import { quantityText } from '../../quantity.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, namedTicks, type PgfAxis } from '../../latex/pgf-document.ts';

/** Every axis runs from its least to its greatest value, which stand at its ends. */
export function parallelAxis({ axes, lines, quantity }: ParallelData, style: ChartStyle): PgfAxis {
  const ranges = axes.map((axis, place) =>
    rangeOf(
      axis,
      lines.flatMap(({ values }) => values[place] ?? []),
    ),
  );
  const titles = axes.map((axis, at) => ({
    at,
    label: axis.kind === 'number' ? axis.quantity.title : axis.title,
  }));
  const values = lines.map(({ value }) => value * quantity.scale);
  const [low = 0, high = 1] = extent(values);
  return {
    options: [
      ...axisOptions(style, '', ''),
      ...namedTicks('x', titles),
      `xmin=0, xmax=${axes.length - 1}, ymin=0, ymax=1`,
      'ytick=\\empty',
      'xmajorgrids',
      'clip=false',
      `colormap name=values, colorbar, colorbar style={ylabel={${latexText(quantity.axis)}}}`,
      `point meta min=${low}, point meta max=${high}`,
    ],
    body: [
      ...lines.map((line) => {
        const rows = line.values.map((value, place) => [
          place,
          value === null ? null : (ranges[place]?.share(value) ?? null),
          line.value * quantity.scale,
        ]);
        return `\\addplot[mesh, point meta=explicit, opacity=0.7, unbounded coords=jump] ${inlineTable('x=x, y=y, meta=value', ['x', 'y', 'value'], rows)};`;
      }),
      ...ranges.flatMap(({ first, last }, place) => [
        `\\node[anchor=south west] at (axis cs:${place},0) {${latexText(first)}};`,
        `\\node[anchor=south] at (axis cs:${place},1) {${latexText(last)}};`,
      ]),
    ],
  };
}

function rangeOf(
  axis: ParallelAxis,
  values: readonly number[],
): { first: string; last: string; share: (value: number) => number } {
  const [low = 0, high = 1] = extent(values);
  const text = (value: number): string =>
    axis.kind === 'number' ? quantityText(axis.quantity, value) : (axis.labels[value] ?? '');
  const scale = axis.kind === 'number' && axis.logarithmic ? scaleLog : scaleLinear;
  return {
    first: text(low),
    last: text(high),
    share: scale([low, high], [0, 1]),
  };
}
