import type { Direction } from '../metrics/value-kind.ts';
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

/** Cells by what their runs are judged on, the best first. */
export interface Ranking<Cell> {
  /** Those that have a run; of equals in the order in which they were given. */
  readonly cells: readonly Cell[];
  /** Whether they are ordered by what the runs are judged on; else by the values themselves. */
  readonly isJudged: boolean;
}

/**
 * Orders cells by the mean of what their runs are judged on. What is chosen as the best on some data looks better on them
 * than it is; so the order is that of the validation part, and the test part judges it. Where any run has no such
 * number, cells could not be compared by it, and the order is that of the values themselves, which must be said.
 *
 * @param runsOf the runs of a cell that count; cells without any have no place.
 */
export function rankCells<Cell>(
  cells: readonly Cell[],
  runsOf: (cell: Cell) => readonly JudgedRun[],
  better: Direction | null,
): Ranking<Cell> {
  const known = cells.map((cell) => ({ cell, runs: runsOf(cell) })).filter(({ runs }) => runs.length > 0);
  const isJudged = known.every(({ runs }) => runs.every(({ judged }) => judged !== null));
  const sign = better === 'lower' ? -1 : 1;
  const scored = known.map(({ cell, runs }) => ({
    cell,
    score: sign * mean(runs.map(({ value, judged }) => (isJudged ? (judged ?? NaN) : value))),
  }));
  return { cells: scored.toSorted((a, b) => b.score - a.score).map(({ cell }) => cell), isJudged };
}

/** The first of the ranking; null where no cell has a run. */
export function chooseBest<Cell>(...parameters: Parameters<typeof rankCells<Cell>>): BestCell<Cell> | null {
  const { cells, isJudged } = rankCells(...parameters);
  const [cell] = cells;
  return cell === undefined ? null : { cell, isJudged };
}
