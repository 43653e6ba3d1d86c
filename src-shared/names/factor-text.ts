import { resolveColumn } from '../runs/resolve-column.ts';
import type { FactorValue, Factors } from '../studies/cell.ts';

/** What a factor is called. */
export interface FactorNames {
  /** For a title and an axis, e.g. `squeeze ratio`. */
  readonly title: string;
  /** For a label, e.g. `SR`. */
  readonly short: string;
}

/** The names of a factor given by its path, e.g. `network.sr` or `network.sr[2]`. */
export function factorNames(path: string): FactorNames {
  return resolveColumn(path) ?? { title: path, short: path };
}

/** Short names by path; where two would be the same, the paths themselves. */
export function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const names = paths.map((path) => factorNames(path).short);
  return new Map(
    paths.map((path, place) => {
      const name = names[place] ?? path;
      return [path, names.indexOf(name) === names.lastIndexOf(name) ? name : path];
    }),
  );
}

/** A value as people read it: four significant digits, a list by its entries, a dash for none. */
export function factorText(value: FactorValue | undefined): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  return Array.isArray(value) ? value.map(factorText).join(' ') : String(value);
}

/** `SR = 0.25, 3×3 = 0.5`: some of a cell's factors, or all; empty for a cell without any. */
export function cellText(factors: Factors, paths: readonly string[] = Object.keys(factors)): string {
  const names = shortNames(paths);
  return paths.map((path) => `${names.get(path) ?? path} = ${factorText(factors[path])}`).join(', ');
}
