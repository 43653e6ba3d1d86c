import { latexRow } from '../../../../src-shared/charts/latex/latex-text.ts';
import type { ReportTable } from '../../report.ts';
import { line } from './texts.ts';

/** Letters of a line of text in these sizes, with what stands between columns counted as two; the smallest that is readable is the last. */
const SIZES = [
  { letters: 88, size: String.raw`\small` },
  { letters: 98, size: String.raw`\footnotesize` },
  { letters: 112, size: String.raw`\scriptsize` },
  { letters: 135, size: String.raw`\tiny` },
] as const;
/** A column of texts that is wider than this is broken into lines where the table is too wide. */
const NARROW = 14;

/** Titles and cells as LaTeX. */
export interface LatexCells {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** @param cells where they are more than plain text */
export function tableText({ caption, columns, rows, notes }: ReportTable, cells?: LatexCells): string {
  const shown = cells ?? {
    columns: columns.map(({ title }) => line(title)),
    rows: rows.map((row) => row.map(line)),
  };
  const { size, types } = layOut({ columns, rows });
  return [
    '',
    String.raw`\begingroup${size}\setlength{\tabcolsep}{4pt}`,
    ...(caption === '' ? [] : [line(caption), '']),
    String.raw`\begin{longtable}{@{}${types}@{}}`,
    String.raw`\toprule`,
    latexRow(shown.columns),
    String.raw`\midrule`,
    String.raw`\endhead`,
    String.raw`\bottomrule`,
    String.raw`\endfoot`,
    ...shown.rows.map(latexRow),
    String.raw`\end{longtable}`,
    ...notes.map((note) => `\n${line(note)}`),
    String.raw`\par\endgroup`,
  ].join('\n');
}

/**
 * The size of the text of a table, and its columns. Where they do not fit as they are, titles are broken between words, and long texts
 * share what the others leave.
 */
function layOut({ columns, rows }: Pick<ReportTable, 'columns' | 'rows'>): { size: string; types: string } {
  const own = columns.map(({ title, isNumber }, place) => {
    const data = Math.max(0, ...rows.map((row) => row[place]?.length ?? 0));
    const isLong = !isNumber && data > NARROW;
    const broken = Math.max(isLong ? NARROW : data, ...title.split(' ').map(({ length }) => length));
    return { isNumber, isLong, whole: Math.max(title.length, data), broken };
  });
  const sum = (of: readonly number[]): number => of.reduce((total, width) => total + width + 2, 0);
  const whole = sum(own.map((column) => column.whole));
  const broken = sum(own.map((column) => column.broken));
  const fits = SIZES.find(({ letters }) => whole <= letters);
  if (fits) return { size: fits.size, types: own.map(({ isNumber }) => (isNumber ? 'r' : 'l')).join('') };
  const { letters, size } = SIZES.find((each) => broken <= each.letters) ?? SIZES[3];
  const long = own.reduce((total, column) => total + (column.isLong ? column.whole - column.broken : 0), 0);
  const spare = Math.max(0, letters - broken);
  const types = own.map((column) => {
    const more = column.isLong ? spare * ((column.whole - column.broken) / long) : 0;
    const side = column.isNumber ? String.raw`\raggedleft` : String.raw`\raggedright`;
    const share = (column.broken + Math.min(more, column.whole - column.broken)) / letters;
    return String.raw`>{${side}\arraybackslash}p{${share.toFixed(3)}\linewidth}`;
  });
  return { size, types: types.join('') };
}
