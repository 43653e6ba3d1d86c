import type { Factors } from './cell.ts';
import { addableSeeds, cellSeeds } from './cell-seeds.ts';
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
 *
 * @param seedsOf the seeds of a cell, of which the first are those of all cells
 */
export function wantedRuns<C extends { readonly factors: Factors }>(
  { seeds }: Pick<StudyDefinition, 'seeds'>,
  cells: readonly C[],
  seedsOf: (cell: C) => readonly number[],
): WantedRun<C>[] {
  const shared = seeds.flatMap((seed) => cells.map((cell) => ({ cell, seed })));
  const extra = cells.flatMap((cell) =>
    seedsOf(cell)
      .slice(seeds.length)
      .map((seed) => ({ cell, seed })),
  );
  // sorting is stable, so that the cells of a seed keep their order
  return [...shared, ...extra.sort((one, other) => one.seed - other.seed)];
}

/** How many they are, counted before they are listed; where seeds are added by a rule, without those that are. */
export function countRuns(
  definition: StudyDefinition,
  cells: readonly { readonly factors: Factors }[],
): number {
  const seedsOf = seedsOfCells(definition);
  return cells.reduce((count, { factors }) => count + seedsOf(factors).length, 0);
}

/** How many they are if a rule adds as many seeds as it may; a seed that the file names, too, is one. */
export function mostRuns(
  definition: StudyDefinition,
  cells: readonly { readonly factors: Factors }[],
): number {
  const seedsOf = cellSeeds(definition, () => []);
  return cells.reduce((count, { factors }) => {
    const seeds = seedsOf({ id: '', factors });
    return count + seeds.asked.length + addableSeeds(seeds);
  }, 0);
}
