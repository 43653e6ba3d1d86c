import { type PilotDeviations, pilotDeviations } from '../../statistics/pilot-deviations.ts';
import type { CellTable } from './measured-cell.ts';

/** How much the runs of a study vary, in the unit of its metric, times `scale` (100 for percentage points of a share). */
export function pilotOfTable({ cells }: Pick<CellTable, 'cells'>, scale: number): PilotDeviations {
  return pilotDeviations(
    cells.flatMap(({ id, measured }) =>
      measured.map(({ seed, value }) => ({ cell: id, seed, value: value * scale })),
    ),
  );
}
