import { foreignFactorName, foreignFactorPath } from '../studies/factor-path.ts';
import type { Column } from './column.ts';
import type { RunIndex } from './run-index.ts';
import { settingColumns } from './setting-columns.ts';

/** The column of a factor of imported runs, `factor.width`; null for a name that is not so written. */
export function findFactorColumn(key: string): Column | null {
  const name = foreignFactorName(key);
  if (name === null) return null;
  const path = foreignFactorPath(name);
  return {
    ...{ key: path, title: name, short: name, kind: 'any', better: null },
    value: (row) => row.factors[path] ?? null,
  };
}

/** The factors that imported runs among these have, one column each. */
export function factorColumns({ rows }: Pick<RunIndex, 'rows'>): Column[] {
  const paths = new Set(
    rows.flatMap(({ importedFrom, factors }) => (importedFrom === null ? [] : Object.keys(factors))),
  );
  return [...paths].flatMap((path) => findFactorColumn(path) ?? []);
}

/** Whatever may tell cells apart: the settings, and the factors that imported runs among these have. */
export function variableColumns(index: Pick<RunIndex, 'rows'>): Column[] {
  return [...settingColumns, ...factorColumns(index)];
}
