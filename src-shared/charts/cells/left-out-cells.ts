import type { LeftOut } from '../../runs/account.ts';
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
