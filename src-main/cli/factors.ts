import type { Factors } from '../../src-shared/studies/cell.ts';

/** `sr 0.25, pct3x3 0.5`: factors by the last part of their path, or the path where two would clash. */
export function factorsText(factors: Factors): string {
  const names = factorTitles(Object.keys(factors));
  return Object.entries(factors)
    .map(
      ([path, value]) =>
        `${names.get(path) ?? path} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(', ');
}

/** A short title for each factor's path. */
export function factorTitles(paths: readonly string[]): ReadonlyMap<string, string> {
  const last = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
  return new Map(
    paths.map((path) => {
      const alone = paths.filter((other) => last(other) === last(path)).length === 1;
      return [path, alone ? last(path) : path];
    }),
  );
}
