import type Database from 'better-sqlite3';
import type { PlannedRun } from '../../src-shared/imports/plan-import.ts';
import type { RunPoints } from '../../src-shared/imports/read-curves.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { POINT_FIELDS, type PointAxis, seriesName } from './point-fields.ts';
import { newRunId } from './run-id.ts';
import { packSeries } from './series-blob.ts';
import type { ImportedStudyInput, ImportStore } from './store.ts';
import { requireUntrashed } from './study-rows.ts';
import { saveSummaries } from './summary-rows.ts';

/** Studies whose runs another program trained. */
export function importRows(database: Database.Database): ImportStore {
  return {
    findImport: (hash) => {
      const row = database
        .prepare<[string], { name: string; trashed_at: number | null }>(
          `SELECT name, trashed_at FROM studies WHERE json_extract(definition_json, '$.imported.hash') = ?`,
        )
        .get(hash);
      return row ? { study: row.name, isTrashed: row.trashed_at !== null } : null;
    },
    importStudy: (study) => database.transaction(() => importStudy(database, study)).immediate(),
  };
}

function importStudy(
  database: Database.Database,
  { definition, text, dataset, cells, runs }: ImportedStudyInput,
): string[] {
  requireFree(database, definition.name);
  const now = Date.now();
  const study = Number(
    database
      .prepare(
        `INSERT INTO studies (name, dataset, data_hash, definition_json, text, created_at, updated_at)
         VALUES (?, ?, '', ?, ?, ?, ?)`,
      )
      .run(definition.name, dataset, JSON.stringify(definition), text, now, now).lastInsertRowid,
  );
  const addCell = database.prepare(
    `INSERT INTO cells (study_id, key, position, factors_json, network_json, recipe_json, parameters, macs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const cellIds = new Map(
    cells.map(({ id, factors, network, recipe, parameters, macs }, position) => {
      const texts = [factors, network, recipe].map((value) => JSON.stringify(value));
      return [id, addCell.run(study, id, position, ...texts, parameters, macs).lastInsertRowid] as const;
    }),
  );
  const addRun = runWriter(database, definition.imported.format, now);
  return runs.map((run) => {
    const cell = cellIds.get(run.cell);
    if (cell === undefined) throw new Error(`there is no cell ${run.cell}`);
    return addRun(Number(cell), run);
  });
}

/** @throws Problem `usage` for a name that a study has, in the trash or out of it */
function requireFree(database: Database.Database, name: string): void {
  const known = database
    .prepare<[string], { trashed_at: number | null }>('SELECT trashed_at FROM studies WHERE name = ?')
    .get(name);
  if (!known) return;
  requireUntrashed(name, known.trashed_at);
  throw new Problem(
    'usage',
    `There is a study "${name}" already: choose another name. Runs are imported as a study of their own.`,
  );
}

/** Adds a run with all that it has; what belongs to it is written before its state makes it final. */
function runWriter(
  database: Database.Database,
  format: string,
  now: number,
): (cell: number, run: PlannedRun) => string {
  const add = database.prepare(
    `INSERT INTO runs (name, cell_id, seed, state, created_at, step, steps_per_epoch, imported_from)
     VALUES (?, ?, ?, 'running', ?, ?, ?, ?)`,
  );
  const end = database.prepare(
    `UPDATE runs SET state = ?, test_accuracy = ?, metrics_json = ?, seconds = ?, failure_code = ?, failure_message = ?
     WHERE id = ?`,
  );
  const note = database.prepare('INSERT INTO notes (run_id, text) VALUES (?, ?)');
  const savePoints = pointWriter(database);
  return (cell, { seed, state, metrics, seconds, failure, ...run }) => {
    const id = newRunId();
    const lastStep = run.points.step?.['step']?.at(-1) ?? run.points.epoch?.['step']?.at(-1) ?? null;
    const row = Number(add.run(id, cell, seed, now, lastStep, run.stepsPerEpoch, format).lastInsertRowid);
    savePoints(row, run.points);
    if (run.note !== '') note.run(row, run.note);
    const figures = Object.keys(metrics).length === 0 ? null : JSON.stringify(metrics);
    const failed = [failure?.code ?? null, failure?.message ?? null];
    end.run(state, metrics.testAccuracy ?? null, figures, seconds, ...failed, row);
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
      for (const field of POINT_FIELDS[axis]) {
        const values = points[axis]?.[field] ?? (field === axis ? unknown(points[axis]) : undefined);
        if (!values) continue;
        save.run(run, axis, seriesName(field), values.length, packSeries(values));
        all.set(field, values);
      }
    saveSummaries(database, run, all);
  };
}
