import { fixed, roundedAt, roundedTo } from '../../numbers.ts';
import type { ChartStyle } from '../chart-style.ts';
import { mapStops } from '../palette.ts';
import { latexText } from './latex-text.ts';

/** One pair of axes: its options, then what is drawn in it. */
export interface PgfAxis {
  readonly options: readonly string[];
  readonly body: readonly string[];
}

/** A file that a document shows, to lie beside it. */
export interface PgfFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What a chart is in a document. */
export interface PgfFigure {
  /** Each with axes that lie in one system of coordinates. */
  readonly pictures: readonly (readonly PgfAxis[])[];
  /** Of the lines, by their place: `line0` and so on. */
  readonly colours: readonly string[];
  /** Pictures side by side, one where absent; further ones come below them. */
  readonly across?: number;
  readonly files?: readonly PgfFile[];
}

/**
 * A document of the class `standalone`: it compiles by itself, and a paper that loads the package of that name can
 * `\input` it.
 *
 * @param notes what is to be said besides the marks
 */
export function pgfDocument(
  { pictures, colours, across = 1 }: PgfFigure,
  style: ChartStyle,
  notes: readonly string[],
): string {
  const { title, fontSize, width } = style;
  const drawn = pictures.map(pgfPicture);
  const rows = Array.from({ length: Math.ceil(drawn.length / across) }, (_, row) =>
    drawn.slice(row * across, (row + 1) * across).flat(),
  );
  const below = style.notes ? notes.map(latexText).join('; ') : '';
  const lines = [
    ...(title === '' ? [] : [[`\\textbf{${latexText(title)}}`]]),
    ...rows,
    ...(below === '' ? [] : [[`\\parbox{${width}pt}{\\raggedright${axisFont(0.85 * fontSize)} ${below}}`]]),
  ];
  const names = colours.map(
    (colour, place) => `\\definecolor{line${place}}{HTML}{${colour.slice(1).toUpperCase()}}`,
  );
  return [
    '\\documentclass[border=2pt]{standalone}',
    '\\usepackage{pgfplots}',
    '\\pgfplotsset{compat=1.17}',
    '\\usepgfplotslibrary{fillbetween}',
    '\\begin{document}',
    axisFont(fontSize),
    ...names,
    `\\pgfplotsset{colormap={values}{${pgfStops(mapStops(style))}}}`,
    ...(lines.length === 1
      ? lines.flat()
      : ['\\begin{tabular}{@{}l@{}}', ...lines.flatMap((line) => [...line, '\\\\[3pt]']), '\\end{tabular}']),
    '\\end{document}',
    '',
  ].join('\n');
}

function pgfPicture(axes: readonly PgfAxis[]): string[] {
  return [
    '\\begin{tikzpicture}[baseline=(current bounding box.north)]',
    ...axes.flatMap(({ options, body }) => [
      '\\begin{axis}[',
      ...options.map((option) => `  ${option},`),
      ']',
      ...body,
      '\\end{axis}',
    ]),
    '\\end{tikzpicture}',
  ];
}

export function axisFont(size: number): string {
  return `\\fontsize{${roundedAt(size, 1)}}{${fixed(1.2 * size, 1)}}\\selectfont`;
}

/** Size, labels and fonts that all axes have. */
export function axisOptions(style: ChartStyle, x: string, y: string, share = 1): string[] {
  return [
    `width=${fixed(style.width * share, 1)}pt`,
    `height=${fixed(style.height, 1)}pt`,
    `xlabel={${latexText(x)}}`,
    `ylabel={${latexText(y)}}`,
    `font=${axisFont(style.fontSize)}`,
    'axis line style={black}',
    'tick align=outside',
    'tick pos=left',
  ];
}

/**
 * The options of an inline table and the table: names of the columns, then the rows, `nan` for no value. Rows end in
 * `\\\\`, as ends of lines are lost where TeX takes the figure as an argument.
 *
 * @param use which column is what, e.g. `x=x, y=mean`.
 */
export function inlineTable(
  use: string,
  columns: readonly string[],
  rows: readonly (readonly (number | null)[])[],
): string {
  // Twelve digits: the rest is the rounding of a share into percent.
  const number = (value: number | null): string => (value === null ? 'nan' : String(roundedTo(value, 12)));
  const lines = [columns.join(' '), ...rows.map((row) => row.map(number).join(' '))];
  return `table[row sep=crcr, ${use}] {\n${lines.map((line) => `${line}\\\\`).join('\n')}\n}`;
}

/** Places of an axis with words at them. */
export function namedTicks(
  axis: 'x' | 'y',
  places: readonly { readonly at: number; readonly label: string }[],
): string[] {
  return [
    `${axis}tick={${places.map(({ at }) => at).join(',')}}`,
    `${axis}ticklabels={${places.map(({ label }) => `{${latexText(label)}}`).join(',')}}`,
  ];
}

/** Colours at even distances, as a colour map of pgfplots has them. */
export function pgfStops(stops: readonly string[]): string {
  return stops.map(rgb).join(' ');
}

function rgb(colour: string): string {
  const parts = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
  return `rgb255=(${parts.join(',')})`;
}
