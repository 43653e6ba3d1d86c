import { counted } from '../../counted.ts';
import { LEFT_OUT_REASONS, type LeftOut } from '../../runs/account.ts';
import type { Column } from '../../runs/column.ts';
import { computedWithText } from '../../runs/computed-with.ts';
import type { RunRow } from '../../runs/run-row.ts';
import { timesNote } from '../../runs/times-note.ts';
import { shortenedValues } from '../../studies/factor-labels.ts';
import { decisionNotes } from '../../studies/decision-text.ts';
import type { CellTable, MeasuredCell } from './measured-cell.ts';
import { whole } from '../../numbers.ts';

/** `1 diverged, 2 not begun`, in the order of the reasons; empty where nothing is left out. */
export function leftOutText(leftOut: readonly Pick<LeftOut, 'reason'>[], title = ''): string {
  const reasons = LEFT_OUT_REASONS.map((reason) => ({
    reason: reason === 'without a value' && title !== '' ? `without ${title}` : reason,
    count: leftOut.filter((each) => each.reason === reason).length,
  }));
  return reasons
    .filter(({ count }) => count > 0)
    .map(({ reason, count }) => `${whole(count)} ${reason}`)
    .join(', ');
}

/** `2 of 27 runs left out: 1 diverged, 1 not begun`; empty where all count. @param n of the runs that count */
export function leftOutNote(n: number, leftOut: readonly Pick<LeftOut, 'reason'>[], title = ''): string {
  if (leftOut.length === 0) return '';
  const all = counted(n + leftOut.length, 'run');
  return `${whole(leftOut.length)} of ${all} left out: ${leftOutText(leftOut, title)}`;
}

/** What is to be said of the runs behind a table of cells: which do not count and why, what else there is, and their test part. */
export function accountNotes({ varying, cells, aside, balance, times, quantity }: CellTable): string[] {
  const n = cells.reduce((sum, { measured }) => sum + measured.length, 0);
  const unasked = cells.reduce((sum, cell) => sum + cell.unasked, 0);
  const without = cells.filter(({ measured }) => measured.length === 0).length;
  return [
    leftOutNote(
      n,
      cells.flatMap(({ leftOut }) => leftOut),
      quantity.title,
    ),
    without === 0 ? '' : `${without} of ${counted(cells.length, 'cell')} without a run that counts`,
    ...decisionNotes(cells),
    unaskedNote(unasked, n),
    computedWithNote(cells),
    times,
    aside,
    balance,
    ...varying.map(shortenedNote),
  ].filter((note) => note !== '');
}

/** Letters; instead of more it is said where the lists are. */
const MOST_LISTED = 200;

/** What shortened lists stand for: `SR 0.125x2 … is 0.125x2, 0.25x2, 1x4`; empty where a setting has none. */
function shortenedNote({ title, values, labels }: CellTable['varying'][number]): string {
  const lists = shortenedValues(values, labels);
  if (lists.length === 0) return '';
  const told = lists.map(({ label, whole }) => `${label} is [${whole}]`).join(', ');
  return told.length > MOST_LISTED ? `the table has the whole lists of ${title}` : `${title} ${told}`;
}

/** What is to be said of times in other columns, unless the table's values are times, of which `accountNotes` says it. */
export function otherTimesNote(
  { times }: CellTable,
  columns: readonly Column[],
  runs: readonly RunRow[],
): string {
  return times === '' ? timesNote(columns, runs) : '';
}

/** What is to be said where not all runs were computed alike; empty where they were. */
export function computedWithNote(cells: readonly Pick<MeasuredCell, 'computedWith'>[]): string {
  const all = computedWithText(cells.flatMap(({ computedWith }) => computedWith));
  if (all === '') return '';
  const mixed = cells.filter(({ computedWith }) => computedWithText(computedWith) !== '').length;
  const where =
    mixed === 0 ? 'the same within each cell' : `mixed within ${mixed} of ${counted(cells.length, 'cell')}`;
  return `computed with ${all}, ${where}`;
}

/** What is to be said of runs that are in no mean over several cells, since not all of these have their seed. */
export function unusedNote(runs: readonly string[]): string {
  const count = new Set(runs).size;
  if (count === 0) return '';
  return `means over several cells use only the seeds that all of them have: without ${counted(count, 'run')}`;
}

/** What is to be said where some of the runs are not asked for by any file; empty where all are. */
export function unaskedNote(unasked: number, all: number): string {
  if (unasked === 0) return '';
  const verb = unasked === 1 ? 'is' : 'are';
  return `${unasked} of the ${counted(all, 'run')} ${verb} not in a study file`;
}
