import { canonicalJson } from './canonical-hash.ts';
import type { Factors } from './cell.ts';
import type { ExtraSeeds, StudyDefinition } from './study-definition.ts';

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
  const shared = definition.seeds.flatMap((seed) => cells.map((cell) => ({ cell, seed })));
  const extras = definition.extraSeeds ?? [];
  if (extras.length === 0) return shared;
  const own = cells.map((cell) => ({ cell, seeds: new Set(extraSeedsOf(definition, cell.factors)) }));
  const numbers = [...new Set(extras.flatMap(({ seeds }) => seeds))].sort((a, b) => a - b);
  const extra = numbers.flatMap((seed) =>
    own.filter(({ seeds }) => seeds.has(seed)).map(({ cell }) => ({ cell, seed })),
  );
  return [...shared, ...extra];
}

/** The seeds of one cell: those of all cells, then its extra ones. */
export function seedsOfCell(definition: StudyDefinition, factors: Factors): number[] {
  return [...definition.seeds, ...extraSeedsOf(definition, factors)];
}

/** Whether an entry of `extraSeeds` means the cell with these factors. */
export function concernsCell(
  { design }: Pick<StudyDefinition, 'design'>,
  { cells }: Pick<ExtraSeeds, 'cells'>,
  factors: Factors,
): boolean {
  if (design.kind === 'list') return canonicalJson(cells) === canonicalJson(factors);
  return Object.entries(cells).every(
    ([path, value]) => Object.hasOwn(factors, path) && canonicalJson(factors[path]) === canonicalJson(value),
  );
}

/** By rising seed, without those of all cells. */
function extraSeedsOf(definition: StudyDefinition, factors: Factors): number[] {
  const shared = new Set(definition.seeds);
  const matching = (definition.extraSeeds ?? []).filter((extra) => concernsCell(definition, extra, factors));
  const seeds = new Set(matching.flatMap((extra) => extra.seeds).filter((seed) => !shared.has(seed)));
  return [...seeds].sort((a, b) => a - b);
}
