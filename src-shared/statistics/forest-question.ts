import { forestImportance, type ForestImportance } from './forest-importance.ts';
import type { LevelFactor, LevelPoint } from './regression-forest.ts';

/** What the importance of factors is asked of. */
export interface ForestQuestion {
  readonly points: readonly LevelPoint[];
  readonly values: readonly number[];
  readonly factors: readonly LevelFactor[];
}

const TREES = 64;
/** Of each refit, which has to tell less precisely. */
const REFIT_TREES = 16;
/** Points that all refits together may be grown on: some seconds. */
const MOST_POINTS = 1.5e6;

/** With as many refits, 10 to 50, as take some seconds at most for thousands of points. */
export function askForest({ points, values, factors }: ForestQuestion): ForestImportance | null {
  const affordable = Math.floor(MOST_POINTS / (REFIT_TREES * Math.max(1, points.length)));
  const refits = Math.min(50, Math.max(10, affordable));
  return forestImportance(points, values, factors, { trees: TREES, refits, refitTrees: REFIT_TREES });
}
