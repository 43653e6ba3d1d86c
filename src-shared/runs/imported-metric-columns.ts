import { type ImportedMetric, importedMetricParts, isImportedMetric } from '../metrics/imported-metric.ts';
import type { Column } from './column.ts';
import { anyCase } from './factor-columns.ts';
import type { RunIndex } from './run-index.ts';
import type { RunRow } from './run-row.ts';

/** The column of a metric that only imported runs have, `higher.bleu`, case aside; null for a name that is not so written. */
export function findImportedMetricColumn(key: string): Column | null {
  const parts = importedMetricParts(key);
  if (parts === null) return null;
  const { better, name } = parts;
  const path: ImportedMetric = `${better}.${name}`;
  return {
    ...{ key: path, title: name, short: name, kind: 'number', better },
    value: (row) => row.metrics[path] ?? valueAnyCase(row, path),
  };
}

/** No two metrics of a study are called the same but for their case. */
function valueAnyCase({ importedFrom, metrics }: RunRow, path: string): number | null {
  if (importedFrom === null) return null;
  const wanted = path.toLowerCase();
  return Object.entries(metrics).find(([key]) => key.toLowerCase() === wanted)?.[1] ?? null;
}

/** The metrics that only imported runs among these have, one column each. */
export function importedMetricColumns({ rows }: Pick<RunIndex, 'rows'>): Column[] {
  const paths = new Set(
    rows.flatMap(({ importedFrom, metrics }) =>
      importedFrom === null ? [] : Object.keys(metrics).filter(isImportedMetric),
    ),
  );
  return anyCase(paths).flatMap((path) => findImportedMetricColumn(path) ?? []);
}
