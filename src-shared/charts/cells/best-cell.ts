import { chooseBest } from '../../studies/choose-best.ts';
import { intervalText } from '../quantity.ts';
import { type CellTable, type MeasuredCell, settingsText } from './measured-cell.ts';

export interface ChosenCell {
  readonly cell: MeasuredCell;
  /** What it is the best by, for people: `best mean validation accuracy`. */
  readonly measure: string;
  /** The same, and whether the choice was made on the test data. */
  readonly by: string;
}

/** The best of the cells, chosen on the validation part where the runs have one; null where no cell has a run. */
export function bestCell({ cells, quantity, judge }: CellTable): ChosenCell | null {
  const best = chooseBest(cells, ({ measured }) => measured, quantity.better);
  if (!best) return null;
  const measure = `best mean ${(best.isJudged ? judge : quantity).title}`;
  const caveat = `, chosen on the test data: not all runs have a ${judge.title}`;
  return { cell: best.cell, measure, by: best.isJudged ? measure : `${measure}${caveat}` };
}

/**
 * `best cell: SR = 1 (best mean validation accuracy), test accuracy (%) 82.0 ± 2.7, n = 3`; empty with fewer than two cells
 * that have a run.
 */
export function bestText(table: CellTable): string {
  const best = bestCell(table);
  if (!best || table.cells.filter(({ measured }) => measured.length > 0).length < 2) return '';
  const { settings, id, interval } = best.cell;
  const label = settingsText(table.varying, settings) || id;
  const mean = intervalText(table.quantity, interval);
  return `best cell: ${label} (${best.by}), ${table.quantity.axis} ${mean}, n = ${interval.n}`;
}
