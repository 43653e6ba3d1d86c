import { boundsText, differenceText, differenceUnit } from '../../difference-text.ts';
import { booktabsDocument } from '../../latex/booktabs-document.ts';
import { latexText, pLatex } from '../../latex/latex-text.ts';
import { noteSentence } from '../../quantity.ts';
import type { DifferencesData } from './data.ts';
import { baselineText } from './drawing.ts';

/** The differences with their tests for the booktabs package; the caption says from what they are and how they are tested. */
export function booktabsDifferences({ quantity, baseline, rows, notes, margin }: DifferencesData): string {
  const caption = [
    `Difference in ${differenceUnit(quantity)} from ${baselineText(baseline)}.`,
    ...notes.filter((note) => note !== '').map(noteSentence),
  ];
  const equivalence = ['90\\,\\% interval', 'adjusted $p$ of equivalence', 'verdict'];
  return booktabsDocument({
    caption: latexText(caption.join(' ')),
    heads: [
      ...['cell', 'difference', '95\\,\\% interval', '$n$', '$p$', 'adjusted $p$'],
      ...(margin === null ? [] : equivalence),
    ],
    rows: rows.map(({ label, difference, low, high, n, method, p, adjustedP, equivalence: told }) => [
      latexText(label),
      difference === null ? '--' : latexText(differenceText(quantity, difference)),
      low === null || high === null ? '--' : latexText(boundsText(quantity, low, high)),
      method === 'paired' ? `${n[0]}` : n.join(' and '),
      ...[pLatex(p), pLatex(adjustedP)],
      ...(margin === null
        ? []
        : [
            told ? latexText(boundsText(quantity, ...told.interval)) : '--',
            ...[pLatex(told?.adjustedP ?? null), told?.verdict ?? '--'],
          ]),
    ]),
  });
}
