import { canonicalJson } from '../canonical-hash.ts';
import type { Factors } from './cell.ts';
import type { ExtraSeeds, StudyDefinition } from './study-definition.ts';

type Seeded = Pick<StudyDefinition, 'design' | 'seeds' | 'extraSeeds'>;

/**
 * A function that gives the seeds of a cell by its factors: those of all cells, then its extra ones by rising number. The
 * entries of `extraSeeds` are looked up and not compared one by one.
 */
export function seedsOfCells({
  design,
  seeds,
  extraSeeds = [],
}: Seeded): (factors: Factors) => readonly number[] {
  const shared = new Set(seeds);
  const groups = groupExtras(extraSeeds);
  if (groups.length === 0) return () => seeds;
  return (factors) => {
    const extras = groups.flatMap(({ paths, byValues }) =>
      concerns(design, paths, factors) ? (byValues.get(valuesAt(paths, factors)) ?? []) : [],
    );
    const own = new Set(extras.flatMap((extra) => extra.seeds).filter((seed) => !shared.has(seed)));
    return own.size === 0 ? seeds : [...seeds, ...[...own].sort((a, b) => a - b)];
  };
}

/** The entries of `extraSeeds` that mean none of these cells, by their places. */
export function straySeeds(
  { design, extraSeeds = [] }: Seeded,
  cells: readonly { readonly factors: Factors }[],
): number[] {
  const meant = new Set(
    groupExtras(extraSeeds).flatMap(({ paths, byValues }) => {
      const there = cells.filter(({ factors }) => concerns(design, paths, factors));
      const values = new Set(there.map(({ factors }) => valuesAt(paths, factors)));
      return [...byValues].flatMap(([key, extras]) => (values.has(key) ? extras : []));
    }),
  );
  return extraSeeds.flatMap((extra, index) => (meant.has(extra) ? [] : [index]));
}

/** Entries that name the same factors, by the values that they give. */
interface ExtraGroup {
  readonly paths: readonly string[];
  readonly byValues: ReadonlyMap<string, readonly ExtraSeeds[]>;
}

function groupExtras(extras: readonly ExtraSeeds[]): ExtraGroup[] {
  const byPaths = Map.groupBy(extras, ({ cells }) => JSON.stringify(Object.keys(cells).sort()));
  return [...byPaths.values()].map((group) => {
    const paths = Object.keys(group[0]?.cells ?? {}).sort();
    return { paths, byValues: Map.groupBy(group, ({ cells }) => valuesAt(paths, cells)) };
  });
}

/** Whether entries that name these factors can mean the cell: of a grid some of its factors, of a list all of them. */
function concerns({ kind }: Seeded['design'], paths: readonly string[], factors: Factors): boolean {
  if (kind === 'list' && Object.keys(factors).length !== paths.length) return false;
  return paths.every((path) => Object.hasOwn(factors, path));
}

function valuesAt(paths: readonly string[], factors: Factors): string {
  return canonicalJson(paths.map((path) => factors[path] ?? null));
}
