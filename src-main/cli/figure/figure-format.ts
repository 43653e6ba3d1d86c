import { extname } from 'node:path';
import { FIGURE_FORMATS, type FigureFormat } from '../../../src-shared/contract/api/figures.ts';
import { TABLE_CHARTS } from '../../../src-shared/figures/figure-specification.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';

/**
 * The format of a figure's file, by its ending unless it is said; a `.tex` is pgfplots, of a table booktabs.
 * @throws Problem `usage` for what there is not
 */
export function figureFormat(output: string, said: string | undefined, kind: string): FigureFormat {
  const ending = extname(output).slice(1).toLowerCase();
  const tex = TABLE_CHARTS.some((table) => table === kind) ? 'booktabs' : 'pgfplots';
  const name = said ?? (ending === 'tex' ? tex : ending);
  const format = FIGURE_FORMATS.find((known) => known === name);
  if (format) return format;
  throw new Problem(
    'usage',
    `Unknown figure format ${JSON.stringify(name)}: use the extension .svg, .pdf, .png, .tex, .csv or .json, or --format ${FIGURE_FORMATS.join('|')}.`,
  );
}
