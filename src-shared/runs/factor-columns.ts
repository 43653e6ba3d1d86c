import type { Factors, FactorValue } from '../studies/cell.ts';
import { foreignFactorName, foreignFactorPath } from '../studies/factor-path.ts';
import type { Column } from './column.ts';
import type { RunIndex } from './run-index.ts';
import { settingColumns } from './setting-columns.ts';

/** The column of a factor of imported runs, `factor.width`, case aside; null for a name that is not so written. */
export function findFactorColumn(key: string): Column | null {
  const name = foreignFactorName(key);
  if (name === null) return null;
  const path = foreignFactorPath(name);
  return {
    ...{ key: path, title: name, short: name, kind: 'any', better: null },
    value: ({ factors }) => factors[path] ?? valueAnyCase(factors, path),
  };
}

/** No two factors of a study are called the same but for their case. */
function valueAnyCase(factors: Factors, path: string): FactorValue {
  const wanted = path.toLowerCase();
  return Object.entries(factors).find(([key]) => key.toLowerCase() === wanted)?.[1] ?? null;
}

/** The factors that imported runs among these have, one column each, whatever the case in which studies write them. */
export function factorColumns({ rows }: Pick<RunIndex, 'rows'>): Column[] {
  const paths = new Set(
    rows.flatMap(({ importedFrom, factors }) => (importedFrom === null ? [] : Object.keys(factors))),
  );
  return anyCase(paths).flatMap((path) => findFactorColumn(path) ?? []);
}

/** Paths of which no two are the same but for their case. */
export function anyCase(paths: ReadonlySet<string>): string[] {
  return [...new Map([...paths].map((path) => [path.toLowerCase(), path])).values()];
}

/** Whatever may tell cells apart: the settings, and the factors that imported runs among these have. */
export function variableColumns(index: Pick<RunIndex, 'rows'>): Column[] {
  return [...settingColumns, ...factorColumns(index)];
}
