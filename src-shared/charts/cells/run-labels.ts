import { factorLabels } from '../../studies/factor-labels.ts';
import { namedValues } from '../../studies/factor-text.ts';
import type { Column } from '../../runs/column.ts';
import { variableColumns } from '../../runs/factor-columns.ts';
import { runsAt } from '../../runs/replicates.ts';
import { resolveColumn } from '../../runs/resolve-column.ts';
import type { RunIndex } from '../../runs/run-index.ts';
import { valueKey, varyingColumns } from '../../runs/varying-columns.ts';

/**
 * By id what tells each of these runs from the others: `SR = 0.25, 3×3 = 0.5, seed 1`; the id as well where that is
 * not enough.
 */
export function runLabels(index: RunIndex, rows: readonly number[]): ReadonlyMap<string, string> {
  const dataset = resolveColumn('dataset');
  const variable = variableColumns({ rows: runsAt(index, rows) });
  const columns = varyingColumns(index, [...variable, ...(dataset ? [dataset] : [])], rows);
  const texts = new Map(columns.map((column) => [column.key, valueLabels(index, rows, column)]));
  const labels = rows.flatMap((row) => {
    const run = index.rows[row];
    if (!run) return [];
    const settings = namedValues(
      columns.map(({ key }) => key),
      (path) => texts.get(path)?.(row) ?? '',
    );
    return [{ id: run.id, label: [settings, `seed ${run.seed}`].filter(Boolean).join(', ') }];
  });
  const counts = Map.groupBy(labels, ({ label }) => label);
  return new Map(
    labels.map(({ id, label }) => [id, (counts.get(label)?.length ?? 0) > 1 ? `${label} (${id})` : label]),
  );
}

/** What the value of each row is called among those of the rows. */
function valueLabels(index: RunIndex, rows: readonly number[], column: Column): (row: number) => string {
  const values = index.values(column);
  const distinct = [...new Map(rows.map((row) => [valueKey(values[row]), values[row] ?? null]))];
  const labels = factorLabels(distinct.map(([, value]) => value));
  const byKey = new Map(distinct.map(([key], place) => [key, labels[place] ?? '']));
  return (row) => byKey.get(valueKey(values[row])) ?? '';
}
