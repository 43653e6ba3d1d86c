import type Database from 'better-sqlite3';
import type { PlannedRun } from '../../src-shared/imports/plan-import.ts';
import { isImportedMetric } from '../../src-shared/metrics/imported-metric.ts';
import type { RunPoints } from '../../src-shared/imports/read-curves.ts';
import { POINT_FIELDS, type PointAxis, seriesName } from './point-fields.ts';
import { newRunId } from './run-id.ts';
import { packSeries } from './series-blob.ts';
import { addCellsInSteps, addHiddenStudy, stageStudy, unendedSeed } from './stage-study.ts';
import type { ImportedStudyInput, StagedAddition, StagedStudy } from './store.ts';
import { saveSummaries } from './summary-rows.ts';

/** Writes a study with the runs that another program trained, as `stageStudy` does. */
export function stageImport(
  file: string,
  { definition, text, dataset, cells, runs, addedTo }: ImportedStudyInput,
): Generator<number, StagedStudy, void> {
  return stageStudy(file, function* (database) {
    const { name, imported } = definition;
    const now = Date.now();
    const study = addHiddenStudy(database, {
      ...{ name, dataset, dataHash: '', definition, text },
      ...{ createdAt: now, updatedAt: now, openedFrom: null },
    });
    const placed = cells.map((cell, position) => ({ ...cell, position }));
    const numbers = yield* addCellsInSteps(database, study, placed);
    const cellIds = new Map(cells.map(({ id }, position) => [id, numbers[position]]));
    const addRun = runWriter(database, imported.format, now);
    const end = runEnder(database);
    const ends: StagedAddition['ends'][number][] = [];
    for (const [written, run] of runs.entries()) {
      const cell = cellIds.get(run.cell);
      if (cell === undefined) throw new Error(`there is no cell ${run.cell}`);
      const { seed, state, failure } = run;
      const ended = { row: addRun(cell, run, written), seed, state, failure };
      if (addedTo) ends.push(ended);
      else end(ended);
      yield (written + 1) / runs.length;
    }
    return { study: name, row: study, ...(addedTo && { addition: { to: addedTo, ends } }) };
  });
}

/** Brings runs to their ends, from when on they never change. */
export function runEnder(database: Database.Database): (end: StagedAddition['ends'][number]) => void {
  const end = database.prepare(
    'UPDATE runs SET seed = ?, state = ?, failure_code = ?, failure_message = ? WHERE id = ?',
  );
  return ({ row, seed, state, failure }) =>
    void end.run(seed, state, failure?.code ?? null, failure?.message ?? null, row);
}

/** Adds a run with all that it has but its end. @returns its row */
function runWriter(
  database: Database.Database,
  format: string,
  now: number,
): (cell: number, run: PlannedRun, place: number) => number {
  const add = database.prepare(
    `INSERT INTO runs (name, cell_id, seed, state, created_at, step, steps_per_epoch, imported_from,
       test_accuracy, metrics_json, seconds)
     VALUES (?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addNote = database.prepare('INSERT INTO notes (run_id, text) VALUES (?, ?)');
  const savePoints = pointWriter(database);
  return (cell, { metrics, seconds, points, stepsPerEpoch, note }, place) => {
    const lastStep = points.step?.['step']?.at(-1) ?? points.epoch?.['step']?.at(-1) ?? null;
    const figures = Object.keys(metrics).length === 0 ? null : JSON.stringify(metrics);
    const about = [lastStep, stepsPerEpoch, format, metrics.testAccuracy ?? null, figures, seconds];
    const row = Number(add.run(newRunId(), cell, unendedSeed(place), now, ...about).lastInsertRowid);
    savePoints(row, points);
    if (note !== '') addNote.run(row, note);
    return row;
  };
}

/** In the place of the numbers of epochs that the source does not have: how many points there are is told by them. */
function unknown(points: RunPoints[PointAxis]): readonly null[] | undefined {
  return points?.['step']?.map(() => null);
}

function pointWriter(database: Database.Database): (run: number, points: RunPoints) => void {
  const save = database.prepare(
    'INSERT INTO series (run_id, axis, metric, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  return (run, points) => {
    const all = new Map<string, readonly (number | null)[]>();
    for (const axis of ['step', 'epoch'] satisfies PointAxis[])
      for (const field of [
        ...POINT_FIELDS[axis],
        ...Object.keys(points[axis] ?? {}).filter(isImportedMetric),
      ]) {
        const values = points[axis]?.[field] ?? (field === axis ? unknown(points[axis]) : undefined);
        if (!values) continue;
        save.run(run, axis, seriesName(field), values.length, packSeries(values));
        all.set(field, values);
      }
    saveSummaries(database, run, all);
  };
}
