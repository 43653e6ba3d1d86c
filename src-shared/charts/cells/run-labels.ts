import { factorText, shortNames } from '../../names/factor-text.ts';
import { resolveColumn } from '../../runs/resolve-column.ts';
import type { RunIndex } from '../../runs/run-index.ts';
import { settingColumns } from '../../runs/setting-columns.ts';
import { varyingColumns } from '../../runs/varying-columns.ts';

/**
 * By id what tells each of these runs from the others: `SR = 0.25, 3×3 = 0.5, seed 1`; the id as well where that is
 * not enough.
 */
export function runLabels(index: RunIndex, rows: readonly number[]): ReadonlyMap<string, string> {
  const dataset = resolveColumn('dataset');
  const columns = varyingColumns(index, dataset ? [...settingColumns, dataset] : settingColumns, rows);
  const names = shortNames(columns.map(({ key }) => key));
  const labels = rows.flatMap((row) => {
    const run = index.rows[row];
    if (!run) return [];
    const settings = columns.map(
      (column) => `${names.get(column.key) ?? column.short} = ${factorText(index.values(column)[row])}`,
    );
    return [{ id: run.id, label: [...settings, `seed ${run.seed}`].join(', ') }];
  });
  const counts = Map.groupBy(labels, ({ label }) => label);
  return new Map(
    labels.map(({ id, label }) => [id, (counts.get(label)?.length ?? 0) > 1 ? `${label} (${id})` : label]),
  );
}
