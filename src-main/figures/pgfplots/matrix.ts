import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { latexText } from '../latex-text.ts';
import { axisOptions, inlineTable, namedTicks, type PgfAxis } from './document.ts';

export interface Matrix {
  readonly x: { readonly title: string; readonly labels: readonly string[] };
  readonly y: { readonly title: string; readonly labels: readonly string[] };
  readonly title: string;
  /** By column and row, a value for every place; null where there is none. */
  readonly places: readonly {
    readonly column: number;
    readonly row: number;
    readonly value: number | null;
    /** Lines written into the place, as LaTeX. */
    readonly words: readonly string[];
  }[];
  /** What the colours are. */
  readonly meta: string;
  /** Range of the colours. */
  readonly range: readonly [low: number, high: number];
  /** Whether the first row is at the top. */
  readonly downwards: boolean;
}

/** A matrix plot with words in its places; a place without a value is hatched grey. */
export function matrixAxis(matrix: Matrix, style: ChartStyle, share: number): PgfAxis {
  const { x, y, places, range, meta, title } = matrix;
  const sorted = places.toSorted((a, b) => a.row - b.row || a.column - b.column);
  const [low, high] = range;
  const table = inlineTable(
    'x=x, y=y, meta=value',
    ['x', 'y', 'value'],
    sorted.map(({ column, row, value }) => [column, row, value]),
  );
  const named = (labels: readonly string[]): { at: number; label: string }[] =>
    labels.map((label, at) => ({ at, label }));
  return {
    options: [
      ...axisOptions(style, x.title, y.title, share),
      ...namedTicks('x', named(x.labels)),
      ...namedTicks('y', named(y.labels)),
      ...(title === '' ? [] : [`title={${latexText(title)}}`]),
      ...(matrix.downwards ? ['y dir=reverse', 'xticklabel style={rotate=45, anchor=north east}'] : []),
      `enlargelimits=false`,
      `xmin=-0.5, xmax=${x.labels.length - 0.5}, ymin=-0.5, ymax=${y.labels.length - 0.5}`,
      `colormap name=cividis, colorbar, colorbar style={ylabel={${latexText(meta)}}}`,
      `point meta min=${low}, point meta max=${high}`,
    ],
    body: [
      `\\addplot[matrix plot*, mesh/cols=${x.labels.length}, point meta=explicit] ${table};`,
      ...sorted.flatMap(({ column, row, value, words }) => [
        ...(value === null
          ? [
              `\\fill[black!6] (axis cs:${column - 0.5},${row - 0.5}) rectangle (axis cs:${column + 0.5},${row + 0.5});`,
            ]
          : []),
        ...(words.length === 0
          ? []
          : [
              `\\node[align=center, ${value !== null && value < low + 0.5 * (high - low) ? 'white' : 'black'}] at (axis cs:${column},${row}) {${words.join('\\\\')}};`,
            ]),
      ]),
    ],
  };
}
