import type Database from 'better-sqlite3';
import type { EpochPoint, StepPoint } from '../../src-shared/contract/trainer-protocol.ts';
import { EPOCH_POINTS, STEP_POINTS, type PointTable } from './point-columns.ts';
import { rowOf } from './find-run-row.ts';
import { unpackSeries } from './series-blob.ts';
import type { PointStore } from './store.ts';

/** Points: live rows while a run is on, series once it has ended. */
export function pointRows(database: Database.Database): PointStore {
  return {
    appendPoints: (batches) =>
      database
        .transaction(() => {
          for (const { run, steps, epochs } of batches) {
            const row = rowOf(database, run);
            append(database, row, STEP_POINTS, steps);
            append(database, row, EPOCH_POINTS, epochs);
            const last = steps.at(-1);
            if (last) database.prepare('UPDATE runs SET step = ? WHERE id = ?').run(last.step, row);
          }
        })
        .immediate(),
    // one transaction, or a run that ends in between would seem to have no points at all
    series: (id) =>
      database.transaction(() => {
        const run = rowOf(database, id);
        return {
          steps: read<StepPoint>(database, run, STEP_POINTS),
          epochs: read<EpochPoint>(database, run, EPOCH_POINTS),
        };
      })(),
  };
}

function append<Point>(
  database: Database.Database,
  run: number,
  { table, columns }: PointTable<Point>,
  points: readonly Point[],
): void {
  if (points.length === 0) return;
  const names = columns.map(([, column]) => column);
  const insert = database.prepare(
    `INSERT INTO ${table} (run_id, ${names.join(', ')}) VALUES (?, ${names.map(() => '?').join(', ')})`,
  );
  for (const point of points) insert.run(run, ...columns.map(([field]) => point[field]));
}

function read<Point>(database: Database.Database, run: number, points: PointTable<Point>): Point[] {
  const live = readLive<Point>(database, run, points);
  return live.length > 0 ? live : readSeries<Point>(database, run, points);
}

function readLive<Point>(
  database: Database.Database,
  run: number,
  { axis, table, columns }: PointTable<Point>,
): Point[] {
  const fields = columns.map(([field, column]) => `${column} AS "${field}"`);
  return database
    .prepare<[number], Point>(`SELECT ${fields.join(', ')} FROM ${table} WHERE run_id = ? ORDER BY ${axis}`)
    .all(run);
}

function readSeries<Point>(
  database: Database.Database,
  run: number,
  { axis, columns }: PointTable<Point>,
): Point[] {
  const rows = database
    .prepare<[number, string], { metric: string; data: Buffer }>(
      'SELECT metric, data FROM series WHERE run_id = ? AND axis = ?',
    )
    .all(run, axis);
  const series = new Map(rows.map(({ metric, data }) => [metric, unpackSeries(data)]));
  const length = series.get(axis)?.length ?? 0;
  return Array.from({ length }, (_, index) => {
    const fields = columns.map(([field, column]) => [field, series.get(column)?.[index] ?? null] as const);
    return Object.fromEntries(fields) as Point;
  });
}
