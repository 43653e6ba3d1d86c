import type Database from 'better-sqlite3';
import type { TrashedRuns } from '../../src-shared/contract/api/runs.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { hasEnded, type RunState } from '../../src-shared/studies/run-state.ts';
import { noRun } from './find-run-row.ts';
import { unfrozen } from './migrations/unfrozen.ts';
import type { SingleRunStore } from './store.ts';
import { TABLES_OF_RUNS } from './trash-rows.ts';

interface SingleRow {
  id: number;
  name: string;
  state: RunState;
  trashed_at: number | null;
}

/** Single runs that are passed over, or in the trash. */
export function singleRunRows(database: Database.Database): SingleRunStore {
  const atOnce = (action: () => void): void => database.transaction(action).immediate();
  const find = database.prepare<[string], SingleRow>(
    `SELECT runs.id, runs.name, state, runs.trashed_at FROM runs
     JOIN cells ON cells.id = cell_id JOIN studies ON studies.id = study_id
     WHERE runs.name = ? AND studies.trashed_at IS NULL`,
  );
  const rowsOf = (runs: readonly string[], isTrashed: boolean): SingleRow[] =>
    runs.map((name) => {
      const row = find.get(name);
      if (!row || (row.trashed_at !== null) !== isTrashed) throw noRun(name);
      return row;
    });
  return {
    skipRuns: (runs) => atOnce(() => skip(database, rowsOf(runs, false))),
    trashRuns: (runs) =>
      atOnce(() => {
        const rows = rowsOf(runs, false);
        const open = rows.find(({ state }) => !hasEnded(state));
        if (open)
          throw new Problem(
            'usage',
            `The run ${open.name} is ${open.state}: only a run that has ended can be deleted.`,
          );
        const set = database.prepare('UPDATE runs SET trashed_at = ? WHERE id = ?');
        for (const { id } of rows) set.run(Date.now(), id);
      }),
    restoreRuns: (runs) => atOnce(() => restore(database, rowsOf(runs, true))),
    trashedRuns: () => trashedRuns(database),
    deleteTrashedRuns: (runs) =>
      atOnce(() =>
        remove(database, rowsOf(runs ?? trashedRuns(database).flatMap((study) => study.runs), true)),
      ),
  };
}

function skip(database: Database.Database, rows: readonly SingleRow[]): void {
  const giveUp = database.prepare(
    `UPDATE runs SET skipped = 1, state = 'cancelled', ended_at = ? WHERE id = ?`,
  );
  // of a run that has ended nothing else may be written
  const mark = database.prepare('UPDATE runs SET skipped = 1 WHERE id = ?');
  for (const { id, name, state } of rows) {
    if (state === 'complete' || state === 'running')
      throw new Problem('usage', `The run ${name} is ${state}, so there is nothing to skip.`);
    if (state === 'waiting') giveUp.run(Date.now(), id);
    else mark.run(id);
  }
}

function restore(database: Database.Database, rows: readonly SingleRow[]): void {
  const taken = database.prepare<[number], { name: string }>(
    `SELECT other.name FROM runs JOIN runs AS other ON other.cell_id = runs.cell_id AND other.seed = runs.seed
     WHERE runs.id = ? AND runs.state = 'complete' AND other.id <> runs.id AND other.trashed_at IS NULL
       AND other.state IN ('waiting', 'running', 'complete')`,
  );
  const set = database.prepare('UPDATE runs SET trashed_at = NULL WHERE id = ?');
  for (const { id, name } of rows) {
    const other = taken.get(id);
    if (other)
      throw new Problem(
        'usage',
        `The run ${name} stays in the trash: ${other.name} is now the run of its cell and seed. Skip or delete that one first.`,
      );
    set.run(id);
  }
}

function trashedRuns(database: Database.Database): TrashedRuns[] {
  const rows = database
    .prepare<[], { study: string; name: string; trashed_at: number; bytes: number }>(
      `SELECT studies.name AS study, runs.name, runs.trashed_at,
         (SELECT coalesce(sum(bytes), 0) FROM artifacts WHERE run_id = runs.id AND opened = 0) AS bytes
       FROM runs JOIN cells ON cells.id = cell_id JOIN studies ON studies.id = study_id
       WHERE runs.trashed_at IS NOT NULL AND studies.trashed_at IS NULL ORDER BY runs.trashed_at DESC, runs.id DESC`,
    )
    .all();
  return [...Map.groupBy(rows, ({ study }) => study)].map(([study, runs]) => ({
    study,
    runs: runs.map(({ name }) => name),
    bytes: runs.reduce((sum, { bytes }) => sum + bytes, 0),
    trashedAt: new Date(runs[0]?.trashed_at ?? 0).toISOString(),
  }));
}

function remove(database: Database.Database, rows: readonly SingleRow[]): void {
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const among = 'IN (SELECT value FROM json_each(?))';
  database
    .prepare(
      `INSERT OR IGNORE INTO removals (run) SELECT name FROM runs WHERE started_at IS NOT NULL AND id ${among}`,
    )
    .run(ids);
  for (const table of TABLES_OF_RUNS) database.prepare(`DELETE FROM ${table} WHERE run_id ${among}`).run(ids);
  // what repeated one of them repeats none that is there
  unfrozen(database, () => {
    database.prepare(`UPDATE runs SET retry_of = NULL WHERE retry_of ${among}`).run(ids);
  });
  database.prepare(`DELETE FROM runs WHERE id ${among}`).run(ids);
}
