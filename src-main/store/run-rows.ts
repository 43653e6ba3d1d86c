import type Database from 'better-sqlite3';
import type { FindRunFolder } from './run-folder.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { toRunMetrics } from '../../src-shared/metrics/measured-values.ts';
import type { EndedRunState } from '../../src-shared/studies/run-state.ts';
import { compactPoints } from './compact-points.ts';
import { noRun, rowOf } from './find-run-row.ts';
import { forgetTraining, goOn, resumeRemovals, waitAgain, waitToGoOn } from './interruption-rows.ts';
import { newRunId } from './run-id.ts';
import { selectRuns, toRun } from './run-record-rows.ts';
import { saveProvenance, saveResult } from './result-rows.ts';
import type { NewRun, RunStore } from './store.ts';

/** Runs and their states. */
export function runRows(database: Database.Database, findFolder: FindRunFolder): RunStore {
  const inTransaction = (action: () => void): void => database.transaction(action).immediate();
  return {
    addRuns: (runs) => database.transaction(() => addRuns(database, runs)).immediate(),
    startRun: (id, { provenance }) =>
      inTransaction(() => {
        const run = rowOf(database, id);
        database
          .prepare(
            `UPDATE runs SET state = 'running', started_at = coalesce(started_at, ?), resume_files = 1 WHERE id = ?`,
          )
          .run(Date.now(), run);
        saveProvenance(database, run, provenance);
      }),
    resumeRuns: (ids) =>
      inTransaction(() => {
        for (const id of ids) waitToGoOn(database, id);
      }),
    leaveRun: (id) =>
      inTransaction(() => {
        const run = rowOf(database, id);
        endRow(database, run, 'interrupted', {});
        waitAgain(database, run);
      }),
    forgetTraining: (id, since) => inTransaction(() => forgetTraining(database, id, since)),
    resumeRemovals: () => resumeRemovals(database),
    endResumeRemoval: (run) =>
      void database.prepare('UPDATE runs SET resume_files = 0 WHERE name = ?').run(run),
    noteGoingOn: (id, goingOn) => inTransaction(() => goOn(database, id, goingOn)),
    noteTraining: (id, { totalSteps, stepsPerEpoch, mode, modeReason, images = null }) =>
      inTransaction(() => {
        database
          .prepare(
            'UPDATE runs SET total_steps = ?, steps_per_epoch = ?, mode = ?, mode_reason = ?, images = ? WHERE id = ?',
          )
          .run(totalSteps, stepsPerEpoch, mode, modeReason, images, rowOf(database, id));
      }),
    completeRun: (id, result) =>
      inTransaction(() => {
        const run = rowOf(database, id);
        saveResult(database, run, result);
        endRow(database, run, 'complete', {
          test_accuracy: result.testAccuracy,
          metrics_json: JSON.stringify(toRunMetrics(result, result.confusion)),
          seconds: result.seconds,
        });
      }),
    failRun: (id, { code, message, step }) =>
      inTransaction(() => {
        endRow(database, rowOf(database, id), 'failed', {
          failure_code: code,
          failure_message: message,
          failure_step: step,
        });
      }),
    endRun: (id, state) => inTransaction(() => endRow(database, rowOf(database, id), state, {})),
    epochsTrained: () =>
      database
        .prepare<[], number | null>(
          `SELECT DISTINCT json_extract(recipe_json, '$.epochs') FROM cells
           WHERE EXISTS (SELECT 1 FROM runs WHERE cell_id = cells.id AND state = 'complete')`,
        )
        .pluck()
        .all()
        .filter((epochs) => epochs !== null),
    run: (id) => {
      const [run] = selectRuns(database, { ids: [id] });
      if (!run) throw noRun(id);
      return toRun(run, findFolder);
    },
    runs: (filter = {}) => selectRuns(database, filter).map((row) => toRun(row, findFolder)),
  };
}

/** Ends the runs that the death of a process left `running`; for the holder of the lock, when it opens. */
export function interruptRunningRuns(database: Database.Database): void {
  database
    .transaction(() => {
      const running = database
        .prepare<[], { id: number }>(`SELECT id FROM runs WHERE state = 'running'`)
        .all();
      for (const { id } of running) endRow(database, id, 'interrupted', {});
    })
    .immediate();
}

/** Runs that have begun and are not complete: in their folders may be what their trainers had not written to the end. */
export function unfinishedRuns(database: Database.Database): string[] {
  return database
    .prepare<[], { name: string }>(
      `SELECT name FROM runs WHERE state <> 'complete' AND started_at IS NOT NULL`,
    )
    .all()
    .map(({ name }) => name);
}

function addRuns(database: Database.Database, runs: readonly NewRun[]): string[] {
  const findCell = database.prepare<[number | null, string], { id: number }>(
    'SELECT id FROM cells WHERE study_id = ? AND key = ?',
  );
  const add = database.prepare(
    `INSERT INTO runs (name, cell_id, seed, state, retry_of, created_at) VALUES (?, ?, ?, 'waiting', ?, ?)`,
  );
  const studies = studyIds(database, runs);
  const now = Date.now();
  return runs.map(({ study, cell, seed, retryOf }) => {
    const row = findCell.get(studies.get(study) ?? null, cell);
    if (!row) throw new Problem('not-found', `The study "${study}" has no cell "${cell}" in this store.`);
    const id = newRunId();
    add.run(id, row.id, seed, retryOf === null ? null : rowOf(database, retryOf), now);
    return id;
  });
}

/** Of the studies of these runs, but for those in the trash. */
function studyIds(database: Database.Database, runs: readonly NewRun[]): ReadonlyMap<string, number> {
  const find = database.prepare<[string], { id: number }>(
    'SELECT id FROM studies WHERE name = ? AND trashed_at IS NULL',
  );
  const names = new Set(runs.map(({ study }) => study));
  return new Map(
    [...names].flatMap((name) => {
      const row = find.get(name);
      return row ? [[name, row.id] as const] : [];
    }),
  );
}

/** Sets state and columns at once, because a run in a final state cannot be written any more. */
function endRow(
  database: Database.Database,
  run: number,
  state: EndedRunState,
  columns: Readonly<Record<string, number | string | null>>,
): void {
  compactPoints(database, run);
  const values = { ended_at: Date.now(), ...columns, state };
  const assignments = Object.keys(values).map((column) => `${column} = ?`);
  database
    .prepare(`UPDATE runs SET ${assignments.join(', ')} WHERE id = ?`)
    .run(...Object.values(values), run);
}
