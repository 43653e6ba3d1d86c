import { accountNotes } from '../../../src-shared/charts/cells/account-notes.ts';
import { bestText } from '../../../src-shared/charts/cells/best-cell.ts';
import {
  type CellTable,
  cellText,
  type MeasuredCell,
} from '../../../src-shared/charts/cells/measured-cell.ts';
import { type AnovaData, omegaInterval } from '../../../src-shared/charts/kinds/anova/data.ts';
import type { DifferencesData } from '../../../src-shared/charts/kinds/differences/data.ts';
import { marginText } from '../../../src-shared/charts/equivalence-text.ts';
import { capital, intervalText } from '../../../src-shared/charts/quantity.ts';
import { counted } from '../../../src-shared/counted.ts';
import { andList } from '../../../src-shared/lists.ts';
import { shortCount } from '../../../src-shared/numbers.ts';
import { pText } from '../../../src-shared/statistics/p-value.ts';
import { paretoFront } from '../../../src-shared/statistics/pareto-front.ts';
import { type Block, list, paragraph, paragraphs } from '../report.ts';

/** What the study found, in sentences: the best cell, whether others differ from it, what they cost, and what matters. */
export function answerBlocks(
  table: CellTable,
  differences: DifferencesData | null,
  anova: AnovaData | null,
): Block[] {
  const notes = accountNotes(table).map((note) => `${capital(note)}.`);
  return [
    ...paragraphs([
      countsText(table),
      sentence(bestText(table)),
      differences === null ? '' : differencesText(differences),
    ]),
    ...frontBlocks(table),
    ...paragraphs([anova === null ? '' : effectsText(anova), notes.join(' ')]),
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
  return `${counted(n, 'run')} of ${counted(cells.length, 'cell')} ${n === 1 ? 'counts' : 'count'}. Numbers of cells are means of ${quantity.axis} over n seeds, with 95 % t intervals where a cell has two seeds or more.${only}`;
}

function differencesText({ rows, baseline, quantity, claims, margin }: DifferencesData): string {
  if (rows.every(({ adjustedP }) => adjustedP === null))
    return `Whether other cells differ from ${baseline.label} cannot be tested with these seeds.`;
  const worseSign = quantity.better === 'lower' ? 1 : -1;
  const significant = rows.filter(({ isSignificant }) => isSignificant);
  const worse = significant.filter(({ difference }) => worseSign * (difference ?? 0) > 0).length;
  const better = significant.length - worse;
  const found = [
    ...(worse > 0 ? [`${worse} ${worse === 1 ? 'is' : 'are'} significantly worse`] : []),
    ...(better > 0 ? [`${better} ${better === 1 ? 'is' : 'are'} significantly better`] : []),
    ...(significant.length === 0 ? ['none differs significantly'] : []),
  ];
  const open = rows.length - significant.length;
  const caution =
    open === 0 ? '' : ' A difference that is not significant does not show that two cells are equal.';
  return `Of ${counted(rows.length, 'other cell')} compared with ${baseline.label}, ${andList(found)} (${claims.join('; ')}).${caution}${margin === null ? '' : withinText({ rows, quantity }, margin)}`;
}

/** What tests of equivalence found. */
function withinText({ rows, quantity }: Pick<DifferencesData, 'rows' | 'quantity'>, margin: number): string {
  const within = rows.filter(
    ({ equivalence }) => equivalence && ['equivalent', 'small difference'].includes(equivalence.verdict),
  ).length;
  return ` ${within === 0 ? 'None' : within} of these differences ${within === 1 ? 'is' : 'are'} shown to lie within ${marginText(quantity, margin)}.`;
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
    `${cellText(varying, cell) || cell.id}: ${shortCount(cell.parameters)} parameters, ${quantity.axis} ${intervalText(quantity, cell.interval)}, n = ${cell.interval.n}`;
  const more = front.length - MOST_ON_FRONT;
  const verb = front.length === 1 ? 'is' : 'are';
  return [
    paragraph(
      `On the Pareto front of ${quantity.title} and parameters ${verb} ${front.length} of ${counted(points.length, 'cell')}, judged by their means, the smallest first:`,
    ),
    ...list([...front.slice(0, MOST_ON_FRONT).map(told), ...(more > 0 ? [`and ${more} more`] : [])]),
  ];
}

/** Effects that are told in words; all are in the table. */
const MOST_EFFECTS = 3;

function effectsText({ effects, method }: AnovaData): string {
  const tested = effects.flatMap(({ title, test }) => (test ? [{ title, test }] : []));
  if (tested.length === 0) return '';
  const ranked = tested.toSorted((a, b) => b.test.partialOmegaSquared - a.test.partialOmegaSquared);
  const told = ranked
    .slice(0, MOST_EFFECTS)
    .map(
      ({ title, test }) =>
        `${title} (${test.partialOmegaSquared.toFixed(2)}, 95 % interval ${omegaInterval(test)}, ${pText(test.p)})`,
    );
  const which = tested.length > told.length ? `The largest of ${tested.length} effects` : 'The effects';
  return `${which}, by partial omega squared: ${andList(told)} (${method}).`;
}
