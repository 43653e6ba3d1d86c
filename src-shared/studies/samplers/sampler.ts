import type { Factors } from '../cell.ts';
import type { Vary } from './combinations.ts';

/** What cells are chosen from, as a study file states it; checked. */
export interface SearchSpace {
  /** Factors with their values, in the order of the file; none for a list. */
  readonly vary: Vary;
  /** The cells that the file lists; none for a grid. */
  readonly listed: readonly Factors[];
  /** How many cells are wanted, and from which seed they are drawn; what samplers do not need that draw nothing. */
  readonly cells: number;
  readonly seed: number;
}

/**
 * A way to choose the cells of a study.
 *
 * The contract, kept by test/shared/studies/sampler-suite.ts:
 * - **Pure**: the same space gives the same cells in the same order, on every machine and in every version; nothing is kept
 *   between two searches, and neither `ask` nor `tell` waits for anything.
 * - **Distinct**: no combination is given twice, and each has every factor of the space, in its order.
 * - **Exact**: all `ask`s together give `count` cells.
 * - **Ordered**: cells of a grid come in its order, those of a list in their own.
 * - **Growing**: of one that draws, more `cells` with the same seed give all the former ones and others, so that results are
 *   kept.
 * - **Frugal**: `count` and `ask` take time and memory by the cells that are given, however large the grid is.
 * - Nothing raises: a space is checked before it is searched, and holds at most MOST_CELLS wanted cells.
 */
export interface Sampler {
  /** As the study file has it, in `sample.method`. */
  readonly name: string;
  /** For people, e.g. `random sample`. */
  readonly title: string;
  readonly about: string;
  /** Whether it draws `cells` combinations with a `seed`; else it takes what it is given. */
  readonly isDrawn: boolean;
  /** Whether its cells are drawn at random, all equally likely, so that they stand for the whole grid. */
  readonly isRandom: boolean;
  /** How many cells there are to be, before any is made; more than a number can count exactly, where one likes. */
  count(space: SearchSpace): bigint;
  begin(space: SearchSpace): Search;
}

/** One search, from its beginning to its end. */
export interface Search {
  /**
   * The next cells, none of which needs the result of another; empty at the end. A study is expanded before its first run,
   * so that a sampler gives all of its cells without having been told anything.
   */
  ask(): readonly Factors[];
  /** What came of a cell that was asked for; null of one that failed. Who does not learn from it ignores it. */
  tell(cell: Factors, value: number | null): void;
}

/** The search of a sampler that knows all of its cells and learns nothing. */
export function searchAtOnce(cells: () => readonly Factors[]): Search {
  let isAsked = false;
  return {
    ask: () => {
      if (isAsked) return [];
      isAsked = true;
      return cells();
    },
    tell: () => undefined,
  };
}
