import type Database from 'better-sqlite3';
import { POINT_FIELDS, type PointAxis, seriesName } from './point-fields.ts';
import { livePoints } from './point-rows.ts';
import { packSeries } from './series-blob.ts';
import { saveSummaries } from './summary-rows.ts';

type Values = readonly (readonly [field: string, values: readonly (number | null)[]])[];

/**
 * Turns a run's live points into one row for each series and deletes them, and keeps their summaries; inside the
 * caller's transaction.
 */
export function compactPoints(database: Database.Database, run: number): void {
  const steps = compact(database, run, 'step');
  const epochs = compact(database, run, 'epoch');
  saveSummaries(database, run, new Map([...epochs, ...steps]));
}

function compact(database: Database.Database, run: number, axis: PointAxis): Values {
  const points = livePoints(database, [run], axis);
  if (points.length === 0) return [];
  const fields = POINT_FIELDS[axis].map(
    (field) => [field, points.map(({ values }) => values[field] ?? null)] as const,
  );
  const save = database.prepare(
    'INSERT INTO series (run_id, axis, metric, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [field, values] of fields)
    save.run(run, axis, seriesName(field), values.length, packSeries(values));
  database.prepare('DELETE FROM points WHERE run_id = ? AND axis = ?').run(run, axis);
  return fields;
}
