import type { Factors } from './cell.ts';
import { seedsOfCells } from './seeds-of-cells.ts';
import type { StudyDefinition } from './study-definition.ts';

/** One training that a study asks for. */
export interface WantedRun<C> {
  readonly cell: C;
  readonly seed: number;
}

/**
 * The runs that a study asks for, seed by seed, so that an unfinished study has equally many seeds in all cells; the
 * extra seeds of some cells come last.
 */
export function wantedRuns<C extends { readonly factors: Factors }>(
  definition: StudyDefinition,
  cells: readonly C[],
): WantedRun<C>[] {
  const { seeds } = definition;
  const seedsOf = seedsOfCells(definition);
  const shared = seeds.flatMap((seed) => cells.map((cell) => ({ cell, seed })));
  const extra = cells.flatMap((cell) =>
    seedsOf(cell.factors)
      .slice(seeds.length)
      .map((seed) => ({ cell, seed })),
  );
  // sorting is stable, so that the cells of a seed keep their order
  return [...shared, ...extra.sort((one, other) => one.seed - other.seed)];
}

/** How many they are, counted before they are listed. */
export function countRuns(
  definition: StudyDefinition,
  cells: readonly { readonly factors: Factors }[],
): number {
  const seedsOf = seedsOfCells(definition);
  return cells.reduce((count, { factors }) => count + seedsOf(factors).length, 0);
}
