import { latexRow } from '../../../../src-shared/charts/latex/latex-text.ts';
import type { ReportColumn, ReportTable } from '../../report.ts';
import { layOut, type OwnWidth, ownWidths, splitColumns } from './column-widths.ts';
import { line } from './texts.ts';

/** Titles and cells as LaTeX. */
export interface LatexCells {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table that goes on over pages. One that is too wide for a page is turned; one that is too wide for that, too, follows in parts, each
 * with the first column.
 *
 * @param cells where they are more than plain text
 */
export function tableText(table: ReportTable, cells?: LatexCells): string {
  const { caption, columns, rows, notes } = table;
  const shown = cells ?? {
    columns: columns.map(({ title }) => line(title)),
    rows: rows.map((row) => row.map(line)),
  };
  const widths = ownWidths(table);
  const { isTurned, parts } = splitColumns(widths);
  const texts = parts.map((places, part) =>
    partText(shown, places, {
      ...{ columns, widths, isTurned },
      words:
        part === 0
          ? caption === ''
            ? ''
            : line(caption)
          : `Further columns of the same rows (part ${part + 1} of ${parts.length}).`,
    }),
  );
  const inside = [...texts, ...notes.map((note) => `\n{\\small ${line(note)}\\par}`)].join('\n');
  return isTurned ? `\n\\begin{landscape}\n${inside}\n\\end{landscape}` : inside;
}

interface Part {
  readonly columns: readonly ReportColumn[];
  readonly widths: readonly OwnWidth[];
  readonly isTurned: boolean;
  /** Above it. */
  readonly words: string;
}

function partText(
  shown: LatexCells,
  places: readonly number[],
  { columns, widths, isTurned, words }: Part,
): string {
  const of = <Value>(values: readonly Value[]): Value[] =>
    places.flatMap((place) => values.slice(place, place + 1));
  const { size, types } = layOut(of(columns), of(widths), isTurned);
  return [
    '',
    String.raw`\begingroup${size}\setlength{\tabcolsep}{${isTurned ? 3 : 4}pt}`,
    ...(words === '' ? [] : [words, '']),
    String.raw`\begin{longtable}{@{}${types}@{}}`,
    String.raw`\toprule`,
    latexRow(of(shown.columns)),
    String.raw`\midrule`,
    String.raw`\endhead`,
    String.raw`\bottomrule`,
    String.raw`\endfoot`,
    ...shown.rows.map((row) => latexRow(of(row))),
    String.raw`\end{longtable}`,
    String.raw`\par\endgroup`,
  ].join('\n');
}
