import type { LeftOut } from '../../runs/account.ts';
import { leftOutText } from './account-notes.ts';
import { type CellTable, settingsText } from './measured-cell.ts';

/** A cell of which runs are left out. */
export interface LeftOutCell {
  readonly cell: string;
  /** `SR = 0.25, 3×3 = 0.5`; empty for the only cell. */
  readonly label: string;
  readonly leftOut: readonly LeftOut[];
}

/** Those of the cells of which runs are left out, in order. */
export function leftOutCells({ cells, varying }: CellTable): LeftOutCell[] {
  return cells
    .filter(({ leftOut }) => leftOut.length > 0)
    .map(({ id, settings, leftOut }) => ({ cell: id, label: settingsText(varying, settings), leftOut }));
}

/** A cell that has no mark, since it has no run that counts. */
export interface UnmarkedCell {
  readonly label: string;
  /** How many runs are left out, and why. */
  readonly leftOut: string;
}

/** Those of which runs are left out among the cells that have no mark. @param marked ids of the others */
export function unmarkedCells(table: CellTable, marked: readonly string[]): UnmarkedCell[] {
  const shown = new Set(marked);
  return leftOutCells(table)
    .filter(({ cell }) => !shown.has(cell))
    .map(({ label, leftOut }) => ({ label, leftOut: leftOutText(leftOut) }));
}
