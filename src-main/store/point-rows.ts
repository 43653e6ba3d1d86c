import type Database from 'better-sqlite3';
import { isImportedMetric } from '../../src-shared/metrics/imported-metric.ts';
import type { EpochPoint, StepPoint, Recorded } from '../../src-shared/metrics/measured-values.ts';
import { POINT_FIELDS, type PointAxis, seriesName } from './point-fields.ts';
import { rowOf } from './find-run-row.ts';
import { appendHistograms } from './histogram-rows.ts';
import { unpackSeries } from './series-blob.ts';
import type { PointStore } from './store.ts';

/** Points: live rows while a run is on, series once it has ended. */
export function pointRows(database: Database.Database): PointStore {
  return {
    appendPoints: (batches) =>
      database
        .transaction(() => {
          for (const { run, steps, epochs, histograms = [] } of batches) {
            const row = rowOf(database, run);
            append(database, row, 'step', steps);
            append(database, row, 'epoch', epochs);
            appendHistograms(database, row, histograms);
            const last = steps.at(-1);
            if (last) database.prepare('UPDATE runs SET step = ? WHERE id = ?').run(last.step, row);
          }
        })
        .immediate(),
    lastRecordedStep: (id) => database.transaction(() => lastRecordedStep(database, id))(),
    // one transaction, or a run that ends in between would seem to have no points at all
    series: (id) =>
      database.transaction(() => {
        const run = rowOf(database, id);
        return {
          steps: read<StepPoint>(database, run, 'step'),
          epochs: read<EpochPoint>(database, run, 'epoch'),
        };
      })(),
  };
}

/**
 * Leaves of a run's points and histograms those up to this step, as live rows even where they were compacted; inside the caller's
 * transaction.
 */
export function cutPoints(database: Database.Database, run: number, step: number): void {
  const isKept = (point: { readonly step: number | null }): boolean => (point.step ?? 0) <= step;
  const steps = read<StepPoint>(database, run, 'step').filter(isKept);
  const epochs = read<EpochPoint>(database, run, 'epoch').filter(isKept);
  for (const table of ['points', 'series', 'summaries'])
    database.prepare(`DELETE FROM ${table} WHERE run_id = ?`).run(run);
  database.prepare('DELETE FROM histograms WHERE run_id = ? AND step > ?').run(run, step);
  append(database, run, 'step', steps);
  append(database, run, 'epoch', epochs);
}

/** Gives a run that has none all points that another one has, as live rows; inside the caller's transaction. */
export function copyPoints(database: Database.Database, from: number, to: number): void {
  append(database, to, 'step', read<StepPoint>(database, from, 'step'));
  append(database, to, 'epoch', read<EpochPoint>(database, from, 'epoch'));
}

/** A program that was killed may have kept the last step of an epoch and not the epoch. */
function lastRecordedStep(database: Database.Database, id: string): number {
  const run = rowOf(database, id);
  const known = database
    .prepare<[number], { step: number; ofEpoch: number }>(
      `SELECT step, steps_per_epoch AS ofEpoch FROM runs
       WHERE id = ? AND step IS NOT NULL AND steps_per_epoch IS NOT NULL`,
    )
    .get(run);
  if (known === undefined) return 0;
  const epochs = read<EpochPoint>(database, run, 'epoch').length;
  return Math.min(known.step, (epochs + 1) * known.ofEpoch - 1);
}

function append<Axis extends PointAxis>(
  database: Database.Database,
  run: number,
  axis: Axis,
  points: readonly Readonly<Record<Axis, number | null>>[],
): void {
  const insert = database.prepare(
    'INSERT INTO points (run_id, axis, place, values_json) VALUES (?, ?, ?, ?)',
  );
  for (const point of points) insert.run(run, axis, point[axis], JSON.stringify(point));
}

function read<Point>(database: Database.Database, run: number, axis: PointAxis): Recorded<Point>[] {
  const live = readLive(database, run, axis);
  const points = live.length > 0 ? live : readSeries(database, run, axis);
  const fields = [...POINT_FIELDS[axis], ...importedFields(database, run, axis)];
  return points.map(
    (values) => Object.fromEntries(fields.map((field) => [field, values(field)])) as Recorded<Point>,
  );
}

/** What only imported runs have points of. */
function importedFields(database: Database.Database, run: number, axis: PointAxis): string[] {
  return database
    .prepare<[number, string], string>('SELECT metric FROM series WHERE run_id = ? AND axis = ?')
    .pluck()
    .all(run, axis)
    .filter(isImportedMetric);
}

/** The value of a field at one point; null where it was not measured. */
type PointValues = (field: string) => number | null;

function readLive(database: Database.Database, run: number, axis: PointAxis): PointValues[] {
  return livePoints(database, [run], axis).map(
    ({ values }) =>
      (field) =>
        values[field] ?? null,
  );
}

function readSeries(database: Database.Database, run: number, axis: PointAxis): PointValues[] {
  const rows = database
    .prepare<[number, string], { metric: string; data: Buffer }>(
      'SELECT metric, data FROM series WHERE run_id = ? AND axis = ?',
    )
    .all(run, axis);
  const series = new Map(rows.map(({ metric, data }) => [metric, unpackSeries(data)]));
  return Array.from(
    { length: series.get(axis)?.length ?? 0 },
    (_, index) => (field) => series.get(seriesName(field))?.[index] ?? null,
  );
}

/** A point of a run that has not ended. */
export interface LivePoint {
  readonly run: number;
  readonly values: Readonly<Record<string, number | null>>;
}

/** Run by run, in the order of their axis. */
export function livePoints(
  database: Database.Database,
  runs: readonly number[],
  axis: PointAxis,
): LivePoint[] {
  return database
    .prepare<[string, string], { run: number; text: string }>(
      `SELECT run_id AS run, values_json AS text FROM points
       WHERE run_id IN (SELECT value FROM json_each(?)) AND axis = ? ORDER BY run_id, place`,
    )
    .all(JSON.stringify(runs), axis)
    .map(({ run, text }) => ({ run, values: JSON.parse(text) as LivePoint['values'] }));
}
