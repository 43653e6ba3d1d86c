import type { AnovaData } from './data.ts';
import { booktabsDocument } from '../../latex/booktabs-document.ts';
import { latexText } from '../../latex/latex-text.ts';

/** Main effects and interaction for the booktabs package; the caption says how they were computed, and what the shares are. */
export function booktabsAnova({ quantity, rows, method, account, notes }: AnovaData): string {
  const number = (value: number | null, digits: number): string =>
    value === null ? '--' : value.toFixed(digits);
  const caption = `Two-way analysis of variance of ${quantity.title}: ${method}. ${[...account, ...notes].join(' ')}`;
  return booktabsDocument({
    caption: latexText(caption),
    heads: ['source', 'df', '$F$', '$p$', '$\\eta^2$', 'partial $\\omega^2$'],
    rows: rows.map((row) => [
      latexText(row.title),
      number(row.degreesOfFreedom, 0),
      number(row.f, 2),
      row.p === null ? '--' : row.p < 0.001 ? '$<0.001$' : row.p.toFixed(3),
      number(row.etaSquared, 3),
      number(row.partialOmegaSquared, 3),
    ]),
  });
}
