import type { Direction } from '../runs/column.ts';
import { mean } from '../statistics/interval.ts';

/** A run by its value, and by what a choice is made on: the same on the validation part. */
export interface JudgedRun {
  readonly value: number;
  /** Null where the run has none, as without a validation part. */
  readonly judged: number | null;
}

export interface BestCell<Cell> {
  readonly cell: Cell;
  /** Whether it was chosen by what the runs are judged on; else by the values themselves. */
  readonly isJudged: boolean;
}

/**
 * The cell with the best mean of what its runs are judged on. What is chosen as the best on some data looks better on them
 * than it is; so the choice is made on the validation part, and the test part judges it. Where any run has no such
 * number, cells could not be compared by it, and the choice is made on the values themselves, which must be said.
 *
 * @param runsOf the runs of a cell that count; cells without any are not chosen.
 * @returns null where no cell has a run. Of equals the first.
 */
export function chooseBest<Cell>(
  cells: readonly Cell[],
  runsOf: (cell: Cell) => readonly JudgedRun[],
  better: Direction | null,
): BestCell<Cell> | null {
  const known = cells.map((cell) => ({ cell, runs: runsOf(cell) })).filter(({ runs }) => runs.length > 0);
  const isJudged = known.every(({ runs }) => runs.every(({ judged }) => judged !== null));
  const sign = better === 'lower' ? -1 : 1;
  const ranked = known.map(({ cell, runs }) => ({
    cell,
    score: sign * mean(runs.map(({ value, judged }) => (isJudged ? (judged ?? NaN) : value))),
  }));
  const [best] = ranked.toSorted((a, b) => b.score - a.score);
  return best ? { cell: best.cell, isJudged } : null;
}
