import type Database from 'better-sqlite3';
import type { PlannedRun } from '../../src-shared/imports/plan-import.ts';
import { isImportedMetric } from '../../src-shared/metrics/imported-metric.ts';
import type { RunPoints } from '../../src-shared/imports/read-curves.ts';
import { addCells } from './cell-rows.ts';
import { connectWriter } from './connection.ts';
import { POINT_FIELDS, type PointAxis, seriesName } from './point-fields.ts';
import { newRunId } from './run-id.ts';
import { packSeries } from './series-blob.ts';
import { explained } from './sqlite-problem.ts';
import type { ImportedStudyInput, StagedImport } from './store.ts';
import { saveSummaries } from './summary-rows.ts';
import { STAGED, TABLES_OF_RUNS } from './trash-rows.ts';

/** Milliseconds of one transaction, for which another writer waits at most. */
const SLICE = 20;

/**
 * Writes a study and its runs through a connection of its own, each step a transaction of some milliseconds, so that who
 * holds the store goes on writing beside it: all in one transaction would make its writes wait for seconds, or fail. The runs
 * stay `running` and the study hidden until `publishImport`.
 *
 * @yields how many runs are written
 */
export function* stageImport(
  file: string,
  { definition, text, dataset, cells, runs }: ImportedStudyInput,
): Generator<number, StagedImport, void> {
  const database = explained(file, () => connectWriter(file));
  const inTransaction = <Result>(action: () => Result): Result =>
    explained(file, () => database.transaction(action).immediate());
  try {
    const now = Date.now();
    // no study that can be seen may be called so
    const hidden = `import of ${definition.name}`;
    const { study, cellIds } = inTransaction(() => {
      const row = Number(
        database
          .prepare(
            `INSERT INTO studies (name, dataset, data_hash, definition_json, text, created_at, updated_at, trashed_at)
             VALUES (?, ?, '', ?, ?, ?, ?, ${STAGED})`,
          )
          .run(hidden, dataset, JSON.stringify(definition), text, now, now).lastInsertRowid,
      );
      const placed = cells.map((cell, position) => ({ ...cell, position }));
      const numbers = addCells(database, row, placed);
      return { study: row, cellIds: new Map(cells.map(({ id }, position) => [id, numbers[position]])) };
    });
    const addRun = runWriter(database, definition.imported.format, now);
    const incomplete: StagedImport['incomplete'][number][] = [];
    for (let written = 0; written < runs.length;) {
      yield written;
      inTransaction(() => {
        const end = performance.now() + SLICE;
        do {
          const run = runs[written];
          if (run === undefined) break;
          const cell = cellIds.get(run.cell);
          if (cell === undefined) throw new Error(`there is no cell ${run.cell}`);
          const { seed, state, failure } = run;
          // until it has ended, no run may have the cell and seed of another
          const isComplete = state === 'complete';
          const id = addRun(cell, isComplete ? run : { ...run, seed: -1 - written });
          if (!isComplete) incomplete.push({ run: id, seed, state, failure });
          written += 1;
        } while (performance.now() < end);
      });
    }
    return { study: definition.name, row: study, incomplete };
  } finally {
    database.close();
  }
}

/** Adds a run with all that it has but its end. @returns its id */
function runWriter(
  database: Database.Database,
  format: string,
  now: number,
): (cell: number, run: PlannedRun) => string {
  const add = database.prepare(
    `INSERT INTO runs (name, cell_id, seed, state, created_at, step, steps_per_epoch, imported_from,
       test_accuracy, metrics_json, seconds)
     VALUES (?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addNote = database.prepare('INSERT INTO notes (run_id, text) VALUES (?, ?)');
  const savePoints = pointWriter(database);
  return (cell, { seed, metrics, seconds, points, stepsPerEpoch, note }) => {
    const id = newRunId();
    const lastStep = points.step?.['step']?.at(-1) ?? points.epoch?.['step']?.at(-1) ?? null;
    const figures = Object.keys(metrics).length === 0 ? null : JSON.stringify(metrics);
    const about = [lastStep, stepsPerEpoch, format, metrics.testAccuracy ?? null, figures, seconds];
    const row = Number(add.run(id, cell, seed, now, ...about).lastInsertRowid);
    savePoints(row, points);
    if (note !== '') addNote.run(row, note);
    return id;
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

/** Runs that are removed at a time. */
const SOME = 200;

const STAGED_CELLS = `SELECT cells.id FROM cells JOIN studies ON studies.id = study_id WHERE trashed_at = ${STAGED}`;

/**
 * Removes some of what imports have staged that came to no end; for the one who holds the store, while nobody stages.
 * @returns whether there may be more
 */
export function dropSomeStaged(database: Database.Database): boolean {
  return database
    .transaction(() => {
      const runs = database
        .prepare<[], number>(`SELECT id FROM runs WHERE cell_id IN (${STAGED_CELLS}) LIMIT ${SOME}`)
        .pluck()
        .all();
      const chosen = '(SELECT value FROM json_each(?))';
      for (const table of runs.length > 0 ? TABLES_OF_RUNS : [])
        database.prepare(`DELETE FROM ${table} WHERE run_id IN ${chosen}`).run(JSON.stringify(runs));
      database.prepare(`DELETE FROM runs WHERE id IN ${chosen}`).run(JSON.stringify(runs));
      if (runs.length === SOME) return true;
      database.exec(
        `DELETE FROM cells WHERE id IN (${STAGED_CELLS}); DELETE FROM studies WHERE trashed_at = ${STAGED};`,
      );
      return false;
    })
    .immediate();
}
