import { latexRow } from './latex-text.ts';

/** A table for the booktabs package, all of it LaTeX already; the columns stand at the right. */
export function booktabsDocument({
  caption,
  heads,
  rows,
}: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}): string {
  const line = (fields: readonly string[]): string => `    ${latexRow(fields)}`;
  return [
    '% needs \\usepackage{booktabs}',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${caption}}`,
    `  \\begin{tabular}{${'r'.repeat(heads.length)}}`,
    '    \\toprule',
    line(heads),
    '    \\midrule',
    ...rows.map(line),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}
