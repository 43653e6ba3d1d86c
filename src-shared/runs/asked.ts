import type { RunIndex } from './run-index.ts';
import type { CellRow, RunRow } from './run-row.ts';

/** Whether the study's file names the run's cell and its seed; null where the cell is unknown. */
export function isAsked(run: Pick<RunRow, 'seed'>, cell: Pick<CellRow, 'asked'> | null): boolean | null {
  return cell && (cell.asked?.includes(run.seed) ?? false);
}

/** Whether the file of its study does not name the run at this index (any more). */
export function isUnasked(index: RunIndex, row: number): boolean {
  const run = index.rows[row];
  return run !== undefined && isAsked(run, index.cells[row] ?? null) === false;
}
