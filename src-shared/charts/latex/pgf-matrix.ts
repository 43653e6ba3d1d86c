import { type AxisGroup, type GroupTick, groupTicks } from '../axis-groups.ts';
import type { ChartStyle } from '../chart-style.ts';
import { latexText } from './latex-text.ts';
import { axisOptions, inlineTable, namedTicks, type PgfAxis } from './pgf-document.ts';

interface MatrixSide {
  readonly title: string;
  readonly labels: readonly string[];
  /** Under whose names the places stand where their own have no room. */
  readonly groups?: readonly AxisGroup[];
}

export interface Matrix {
  readonly x: MatrixSide;
  readonly y: MatrixSide;
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
}

/** Font sizes from one label to the next, below which groups are named. */
const MOST_DENSE = 1.1;

/** A matrix plot with words in its places; a place without a value is grey. */
export function matrixAxis(matrix: Matrix, style: ChartStyle, share: number): PgfAxis {
  const { x, y, places, range, meta, title } = matrix;
  const [low, high] = range;
  const named = (
    { labels, groups }: MatrixSide,
    length: number,
    direction: 'level' | 'upright',
  ): GroupTick[] => {
    const spacing = (share * length) / labels.length;
    return groups && spacing < MOST_DENSE * style.fontSize
      ? groupTicks(groups, spacing, style.fontSize, direction)
      : labels.map((label, at) => ({ at, label }));
  };
  return {
    options: [
      ...axisOptions(style, x.title, y.title, share),
      ...namedTicks('x', named(x, style.width, 'level')),
      ...namedTicks('y', named(y, style.height, 'upright')),
      ...(title === '' ? [] : [`title={${latexText(title)}}`]),
      `enlargelimits=false`,
      `xmin=-0.5, xmax=${x.labels.length - 0.5}, ymin=-0.5, ymax=${y.labels.length - 0.5}`,
      `colormap name=values, colorbar, colorbar style={ylabel={${latexText(meta)}}}`,
      `point meta min=${low}, point meta max=${high}`,
    ],
    body: [
      ...colouredSquares(places, x.labels.length),
      ...places.flatMap(({ column, row, value, words }) => {
        const ink = value !== null && value < low + 0.5 * (high - low) ? 'white' : 'black';
        return words.length === 0
          ? []
          : [`\\node[align=center, ${ink}] at (axis cs:${column},${row}) {${words.join('\\\\')}};`];
      }),
    ],
  };
}

/** The squares of a matrix in the colours of the axis' map; one without a value is grey. */
export function colouredSquares(
  squares: readonly { readonly column: number; readonly row: number; readonly value: number | null }[],
  columns: number,
): string[] {
  const sorted = squares.toSorted((a, b) => a.row - b.row || a.column - b.column);
  const table = inlineTable(
    'x=x, y=y, meta=value',
    ['x', 'y', 'value'],
    sorted.map(({ column, row, value }) => [column, row, value]),
  );
  return [
    `\\addplot[matrix plot*, mesh/cols=${columns}, point meta=explicit] ${table};`,
    ...sorted
      .filter(({ value }) => value === null)
      .map(
        ({ column, row }) =>
          `\\fill[black!6] (axis cs:${column - 0.5},${row - 0.5}) rectangle (axis cs:${column + 0.5},${row + 0.5});`,
      ),
  ];
}
