import type Database from 'better-sqlite3';
import type { Curve, CurveMetric } from '../../src-shared/contract/api/runs.ts';
import type { EpochTimes } from '../../src-shared/runs/elapsed-seconds.ts';
import { EPOCH_POINTS, STEP_POINTS } from './point-columns.ts';
import { unpackSeries } from './series-blob.ts';

interface CurveRun {
  id: number;
  name: string;
  steps_per_epoch: number | null;
  started_at: number | null;
  ended_at: number | null;
}

/** What one curve is made of. */
interface CurvePoints {
  readonly steps: readonly number[];
  readonly values: readonly (number | null)[];
  readonly epochs: EpochTimes;
}

const NO_POINTS: CurvePoints = { steps: [], values: [], epochs: { steps: [], seconds: [] } };

/**
 * The curves of one metric, in the order of `names`; runs that are not there (any more) are left out. Inside the
 * caller's transaction.
 */
export function curvesOf(
  database: Database.Database,
  names: readonly string[],
  metric: CurveMetric,
): Curve[] {
  const points = pointsReader(database, metric);
  const rows = database
    .prepare<[string], CurveRun>(
      `SELECT runs.id, runs.name, steps_per_epoch, started_at, ended_at
       FROM runs JOIN cells ON cells.id = runs.cell_id JOIN studies ON studies.id = cells.study_id
       WHERE runs.name IN (SELECT value FROM json_each(?)) AND studies.trashed_at IS NULL`,
    )
    .all(JSON.stringify(names));
  const byRun = points(rows.map(({ id }) => id));
  const curves = new Map(rows.map((row) => [row.name, toCurve(row, byRun.get(row.id) ?? NO_POINTS)]));
  return names.flatMap((name) => curves.get(name) ?? []);
}

function toCurve(run: CurveRun, points: CurvePoints): Curve {
  const { name, steps_per_epoch: stepsPerEpoch, started_at: startedAt, ended_at: endedAt } = run;
  const seconds = startedAt === null ? 0 : ((endedAt ?? Date.now()) - startedAt) / 1000;
  return { run: name, ...points, stepsPerEpoch, seconds, startedAt };
}

/** Reads the points of many runs: the series of the finished ones and the live points of the others. */
function pointsReader(
  database: Database.Database,
  metric: CurveMetric,
): (runs: readonly number[]) => Map<number, CurvePoints> {
  const { axis, table, column } = placeOf(metric);
  const series = database.prepare<[string, string, string], { run: number; key: string; data: Buffer }>(
    `SELECT run_id AS run, axis || ' ' || metric AS key, data FROM series
     WHERE run_id IN (SELECT value FROM json_each(?))
       AND ((axis = ? AND metric IN ('step', ?)) OR (axis = 'epoch' AND metric IN ('step', 'seconds')))`,
  );
  const live = database.prepare<[string], { run: number; step: number; value: number | null }>(
    `SELECT run_id AS run, step, ${column} AS value FROM ${table}
     WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY run_id, ${axis}`,
  );
  const epochs = database.prepare<[string], { run: number; step: number; seconds: number }>(
    `SELECT run_id AS run, step, seconds FROM epoch_points
     WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY run_id, epoch`,
  );
  return (runs) => {
    const ids = JSON.stringify(runs);
    const points = new Map<number, CurvePoints>();
    for (const [run, rows] of Map.groupBy(series.all(ids, axis, column), ({ run: id }) => id)) {
      const data = new Map(rows.map((row) => [row.key, unpackSeries(row.data)]));
      const numbers = (key: string): number[] => (data.get(key) ?? []).map((value) => value ?? 0);
      points.set(run, {
        steps: numbers(`${axis} step`),
        values: data.get(`${axis} ${column}`) ?? [],
        epochs: { steps: numbers('epoch step'), seconds: numbers('epoch seconds') },
      });
    }
    const epochsByRun = Map.groupBy(epochs.all(ids), ({ run }) => run);
    for (const [run, rows] of Map.groupBy(live.all(ids), ({ run: id }) => id)) {
      const measured = epochsByRun.get(run) ?? [];
      points.set(run, {
        steps: rows.map(({ step }) => step),
        values: rows.map(({ value }) => value),
        epochs: {
          steps: measured.map(({ step }) => step),
          seconds: measured.map(({ seconds }) => seconds),
        },
      });
    }
    return points;
  };
}

/** The axis, live table and column of a metric. */
function placeOf(metric: CurveMetric): { axis: string; table: string; column: string } {
  for (const { axis, table, columns } of [STEP_POINTS, EPOCH_POINTS]) {
    const found = columns.find(([field]) => field === metric);
    if (found) return { axis, table, column: found[1] };
  }
  throw new Error(`no points are kept of ${metric}`);
}
