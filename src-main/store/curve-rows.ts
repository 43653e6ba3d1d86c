import type Database from 'better-sqlite3';
import type { Curve } from '../../src-shared/runs/curve.ts';
import type { AnyCurveMetric } from '../../src-shared/metrics/imported-metric.ts';
import { isOfSteps } from '../../src-shared/metrics/metrics.ts';
import type { EpochTimes } from '../../src-shared/runs/elapsed-seconds.ts';
import { type PointAxis, seriesName } from './point-fields.ts';
import { livePoints } from './point-rows.ts';
import { unpackSeries } from './series-blob.ts';

interface CurveRun {
  id: number;
  name: string;
  steps_per_epoch: number | null;
  started_at: number | null;
  ended_at: number | null;
  seconds: number | null;
  imported_from: string | null;
  /** Milliseconds between start and end that are none of its training; negative where more of that lay before the start. */
  idle: number;
}

const NOW = `CAST(1000 * unixepoch('subsec') AS INTEGER)`;
/** Milliseconds between the interruptions of a run and its going on, or now. */
const IDLE = `(SELECT coalesce(sum(coalesce(went_on_at, ${NOW}) - at), 0) FROM interruptions WHERE run_id = runs.id)`;

/** Milliseconds of the shorter run from whose end a run went on. */
const BEFORE = `coalesce((SELECT CAST(1000 * seconds AS INTEGER) FROM extensions WHERE run_id = runs.id), 0)`;

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
  metric: AnyCurveMetric,
): Curve[] {
  const points = pointsReader(database, metric);
  const rows = database
    .prepare<[string], CurveRun>(
      `SELECT runs.id, runs.name, steps_per_epoch, started_at, ended_at, seconds, imported_from, ${IDLE} - ${BEFORE} AS idle
       FROM runs JOIN cells ON cells.id = runs.cell_id JOIN studies ON studies.id = cells.study_id
       WHERE runs.name IN (SELECT value FROM json_each(?)) AND studies.trashed_at IS NULL AND runs.trashed_at IS NULL`,
    )
    .all(JSON.stringify(names));
  const byRun = points(rows.map(({ id }) => id));
  const curves = new Map(rows.map((row) => [row.name, toCurve(row, byRun.get(row.id) ?? NO_POINTS)]));
  return names.flatMap((name) => curves.get(name) ?? []);
}

function toCurve(run: CurveRun, points: CurvePoints): Curve {
  const { name, steps_per_epoch: stepsPerEpoch, started_at: startedAt } = run;
  return { run: name, ...points, stepsPerEpoch, seconds: secondsOf(run, points), startedAt };
}

/**
 * From the start to the end or to now, but for what lay between interruptions and going on, and with the time of the run from whose end it
 * went on; of an imported run as far as its source tells.
 */
function secondsOf(run: CurveRun, { epochs }: CurvePoints): number | null {
  const { started_at: startedAt, ended_at: endedAt, seconds, imported_from: from, idle } = run;
  if (from !== null) return epochs.seconds.at(-1) ?? seconds;
  return startedAt === null ? 0 : ((endedAt ?? Date.now()) - startedAt - idle) / 1000;
}

/** Reads the points of many runs: the series of the finished ones and the live points of the others. */
function pointsReader(
  database: Database.Database,
  metric: AnyCurveMetric,
): (runs: readonly number[]) => Map<number, CurvePoints> {
  const axis: PointAxis = isOfSteps(metric) ? 'step' : 'epoch';
  const name = seriesName(metric);
  const series = database.prepare<[string, string, string], { run: number; key: string; data: Buffer }>(
    `SELECT run_id AS run, axis || ' ' || metric AS key, data FROM series
     WHERE run_id IN (SELECT value FROM json_each(?))
       AND ((axis = ? AND metric IN ('step', ?)) OR (axis = 'epoch' AND metric IN ('step', 'seconds')))`,
  );
  return (runs) => {
    const ids = JSON.stringify(runs);
    const points = new Map<number, CurvePoints>();
    for (const [run, rows] of Map.groupBy(series.all(ids, axis, name), ({ run: id }) => id)) {
      const data = new Map(rows.map((row) => [row.key, unpackSeries(row.data)]));
      const numbers = (key: string): number[] => (data.get(key) ?? []).map((value) => value ?? 0);
      points.set(run, {
        steps: numbers(`${axis} step`),
        values: data.get(`${axis} ${name}`) ?? [],
        // without times (of an imported run) steps of epochs tell nothing
        epochs: data.has('epoch seconds')
          ? { steps: numbers('epoch step'), seconds: numbers('epoch seconds') }
          : { steps: [], seconds: [] },
      });
    }
    const epochs = Map.groupBy(livePoints(database, runs, 'epoch'), ({ run }) => run);
    for (const [run, live] of Map.groupBy(livePoints(database, runs, axis), ({ run: id }) => id)) {
      const measured = epochs.get(run) ?? [];
      points.set(run, {
        steps: live.map(({ values }) => values['step'] ?? 0),
        values: live.map(({ values }) => values[metric] ?? null),
        epochs: {
          steps: measured.map(({ values }) => values['step'] ?? 0),
          seconds: measured.map(({ values }) => values['seconds'] ?? 0),
        },
      });
    }
    return points;
  };
}
