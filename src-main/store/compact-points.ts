import type Database from 'better-sqlite3';
import { EPOCH_POINTS, STEP_POINTS, type PointTable } from './point-columns.ts';
import { packSeries } from './series-blob.ts';

/**
 * Turns a run's live points into one row for each series and deletes them; inside the caller's transaction.
 *
 * @returns the last step, or null if there is none.
 */
export function compactPoints(database: Database.Database, run: number): number | null {
  const last = database
    .prepare<[number], { step: number | null }>('SELECT max(step) AS step FROM step_points WHERE run_id = ?')
    .get(run);
  compact(database, run, STEP_POINTS);
  compact(database, run, EPOCH_POINTS);
  return last?.step ?? null;
}

function compact<Point>(
  database: Database.Database,
  run: number,
  { axis, table, columns }: PointTable<Point>,
): void {
  const names = columns.map(([, column]) => column);
  const rows = database
    .prepare<[number], Record<string, number | null>>(
      `SELECT ${names.join(', ')} FROM ${table} WHERE run_id = ? ORDER BY ${axis}`,
    )
    .all(run);
  if (rows.length === 0) return;
  const save = database.prepare(
    'INSERT INTO series (run_id, axis, metric, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  for (const name of names) {
    save.run(run, axis, name, rows.length, packSeries(rows.map((row) => row[name] ?? null)));
  }
  database.prepare(`DELETE FROM ${table} WHERE run_id = ?`).run(run);
}
