import { fText } from '../../../statistics/f-value.ts';
import { fixed } from '../../../numbers.ts';
import { type AnovaData, omegaInterval, restOf } from './data.ts';
import { booktabsDocument } from '../../latex/booktabs-document.ts';
import { latexText, pLatex } from '../../latex/latex-text.ts';
import { noteSentence } from '../../quantity.ts';

/** Effects, seed and residual for the booktabs package; the caption says how they were computed, and what the shares are. */
export function booktabsAnova({ quantity, effects, anova, method, account, notes }: AnovaData): string {
  const number = (value: number | null | undefined, digits: number): string =>
    value === null || value === undefined ? '--' : fixed(value, digits);
  const caption = `Analysis of variance of ${quantity.title}: ${method}. ${[...account.map(noteSentence), ...notes].join(' ')}`;
  const rest = restOf(anova).map((source) => ({ ...source, test: null }));
  return booktabsDocument({
    caption: latexText(caption),
    heads: ['source', 'df', '$F$', '$p$', '$\\eta^2$', 'partial $\\omega^2$', '95\\,\\% interval'],
    rows: [...effects, ...rest].map(({ title, degreesOfFreedom, etaSquared, test }) => [
      latexText(title),
      number(degreesOfFreedom, 0),
      test ? fText(test.f) : '--',
      pLatex(test?.p ?? null),
      number(etaSquared, 3),
      number(test?.partialOmegaSquared, 3),
      test ? omegaInterval(test) : '--',
    ]),
  });
}
