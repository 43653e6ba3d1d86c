import type Database from 'better-sqlite3';
import { EPOCH_POINTS, STEP_POINTS, type PointTable } from './point-columns.ts';
import { packSeries } from './series-blob.ts';
import { saveSummaries } from './summary-rows.ts';

type Values = readonly (readonly [column: string, values: readonly (number | null)[]])[];

/**
 * Turns a run's live points into one row for each series and deletes them, and keeps their summaries; inside the
 * caller's transaction.
 *
 * @returns the last step, or null if there is none.
 */
export function compactPoints(database: Database.Database, run: number): number | null {
  const steps = compact(database, run, STEP_POINTS);
  const epochs = compact(database, run, EPOCH_POINTS);
  saveSummaries(database, run, new Map([...epochs, ...steps]));
  return new Map(steps).get(STEP_POINTS.axis)?.at(-1) ?? null;
}

function compact<Point>(
  database: Database.Database,
  run: number,
  { axis, table, columns }: PointTable<Point>,
): Values {
  const names = columns.map(([, column]) => column);
  const rows = database
    .prepare<[number], Record<string, number | null>>(
      `SELECT ${names.join(', ')} FROM ${table} WHERE run_id = ? ORDER BY ${axis}`,
    )
    .all(run);
  if (rows.length === 0) return [];
  const values = names.map((name) => [name, rows.map((row) => row[name] ?? null)] as const);
  const save = database.prepare(
    'INSERT INTO series (run_id, axis, metric, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [name, series] of values) save.run(run, axis, name, rows.length, packSeries(series));
  database.prepare(`DELETE FROM ${table} WHERE run_id = ?`).run(run);
  return values;
}
