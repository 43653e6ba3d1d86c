import { studyAnswer } from '../../../src-shared/charts/answer/study-answer.ts';
import { accountNotes } from '../../../src-shared/charts/cells/account-notes.ts';
import { bestText } from '../../../src-shared/charts/cells/best-cell.ts';
import {
  type CellTable,
  cellText,
  type MeasuredCell,
} from '../../../src-shared/charts/cells/measured-cell.ts';
import type { AnovaData } from '../../../src-shared/charts/kinds/anova/data.ts';
import type { DifferencesData } from '../../../src-shared/charts/kinds/differences/data.ts';
import { capital, intervalText, noteSentence } from '../../../src-shared/charts/quantity.ts';
import { counted } from '../../../src-shared/counted.ts';
import { nText, shortCount } from '../../../src-shared/numbers.ts';
import { paretoFront } from '../../../src-shared/statistics/pareto-front.ts';
import { type Block, list, paragraph, paragraphs } from '../report.ts';

/** What the study found, in sentences: the answer as its page gives it, the best cell, and what cells cost. */
export function answerBlocks(
  table: CellTable,
  differences: DifferencesData | null,
  anova: AnovaData | null,
): Block[] {
  const notes = accountNotes(table).map(noteSentence);
  const { headline, further, notes: about } = studyAnswer(table, { anova, differences });
  return [
    ...paragraphs([
      headline,
      further.join(' '),
      countsText(table),
      sentence(bestText(table)),
      about.join(' '),
    ]),
    ...frontBlocks(table),
    ...paragraphs([notes.join(' ')]),
  ];
}

function sentence(text: string): string {
  return text === '' ? '' : `${capital(text)}.`;
}

function countsText({ cells, quantity }: CellTable): string {
  const n = cells.reduce((sum, { measured }) => sum + measured.length, 0);
  if (n === 0) return `No run has a ${quantity.title} yet, so that there is no answer.`;
  const most = Math.max(...cells.map(({ measured }) => measured.length));
  const only =
    most === 1 ? ' No cell has more than one seed, so that there are no intervals and no tests.' : '';
  return `${counted(n, 'run')} of ${counted(cells.length, 'cell')} ${n === 1 ? 'counts' : 'count'}. Numbers of cells are means of ${quantity.axis} over n seeds, with 95\u00a0% t intervals where a cell has two seeds or more.${only}`;
}

/** More cells on a front are read in its figure. */
const MOST_ON_FRONT = 8;

function frontBlocks({ cells, quantity, varying }: CellTable): Block[] {
  const sign = quantity.better === 'lower' ? -1 : 1;
  const points = cells.flatMap((cell) =>
    cell.parameters === null || cell.interval.mean === null
      ? []
      : [{ cell, cost: cell.parameters, value: sign * cell.interval.mean }],
  );
  if (new Set(points.map(({ cost }) => cost)).size < 2) return [];
  const front = paretoFront(points).map(({ cell }) => cell);
  const told = (cell: MeasuredCell): string =>
    `${cellText(varying, cell) || cell.id}: ${shortCount(cell.parameters)} parameters, ${quantity.axis} ${intervalText(quantity, cell.interval)}, ${nText(cell.interval.n)}`;
  const more = front.length - MOST_ON_FRONT;
  const verb = front.length === 1 ? 'is' : 'are';
  return [
    paragraph(
      `On the Pareto front of ${quantity.title} and parameters ${verb} ${front.length} of ${counted(points.length, 'cell')}, judged by their means, the smallest first:`,
    ),
    ...list([...front.slice(0, MOST_ON_FRONT).map(told), ...(more > 0 ? [`and ${more} more`] : [])]),
  ];
}
