import type Database from 'better-sqlite3';
import type { TrashedStudy } from '../../src-shared/contract/api/studies.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { TrashStore } from './store.ts';

interface TrashedRow {
  id: number;
  name: string;
  trashed_at: number;
  runs: number;
  bytes: number;
}

/**
 * In the column of the time when a study was trashed: it is being imported, so nobody sees it, neither outside the trash
 * nor in it. Whatever is so when a store is opened was left by a process that died.
 */
export const STAGED = 0;

/** Tables with rows of runs, those first that others refer to last. */
export const TABLES_OF_RUNS = [
  'points',
  'series',
  'histograms',
  'interruptions',
  'extensions',
  'summaries',
  'artifacts',
  'provenance',
  'confusions',
  'class_accuracies',
  'notes',
  'tags',
  'analyses',
];

const RUNS_OF_STUDY = 'SELECT id FROM runs WHERE cell_id IN (SELECT id FROM cells WHERE study_id = ?)';

/** Studies in the trash. Only from there are finished runs deleted: triggers refuse it for any other study. */
export function trashRows(database: Database.Database): TrashStore {
  const trashed = (): TrashedStudy[] => selectTrashed(database).map(toTrashed);
  return {
    trashed,
    trashStudy: (name) =>
      database
        .transaction(() => {
          refuseRunning(database, name);
          const { changes } = database
            .prepare('UPDATE studies SET trashed_at = ? WHERE name = ? AND trashed_at IS NULL')
            .run(Date.now(), name);
          if (changes === 0) throw noStudy(name);
          return toTrashed(findTrashed(database, name));
        })
        .immediate(),
    restoreStudy: (name) =>
      database
        .transaction(() => {
          const { id } = findTrashed(database, name);
          database.prepare('UPDATE studies SET trashed_at = NULL WHERE id = ?').run(id);
        })
        .immediate(),
    deleteTrashed: (names) =>
      database
        .transaction(() => {
          const studies =
            names === null ? selectTrashed(database) : names.map((name) => findTrashed(database, name));
          deleteStudies(database, studies);
          return studies.map(({ name }) => name);
        })
        .immediate(),
    removals: () => database.prepare<[], string>('SELECT run FROM removals ORDER BY run').pluck().all(),
    endRemoval: (run) => void database.prepare('DELETE FROM removals WHERE run = ?').run(run),
  };
}

function selectTrashed(database: Database.Database): TrashedRow[] {
  return database
    .prepare<[], TrashedRow>(
      `SELECT id, name, trashed_at,
         (SELECT count(*) FROM runs JOIN cells ON cells.id = cell_id WHERE study_id = studies.id) AS runs,
         (SELECT coalesce(sum(bytes), 0) FROM artifacts JOIN runs ON runs.id = run_id
            JOIN cells ON cells.id = cell_id WHERE study_id = studies.id AND opened = 0) AS bytes
       FROM studies WHERE trashed_at > ${STAGED} ORDER BY trashed_at DESC, id DESC`,
    )
    .all();
}

function findTrashed(database: Database.Database, name: string): TrashedRow {
  const row = selectTrashed(database).find((study) => study.name === name);
  if (!row) throw new Problem('not-found', `There is no study "${name}" in the trash.`);
  return row;
}

function refuseRunning(database: Database.Database, name: string): void {
  const row = database
    .prepare<[string], { n: number }>(
      `SELECT count(*) AS n FROM runs JOIN cells ON cells.id = cell_id JOIN studies ON studies.id = study_id
       WHERE studies.name = ? AND state = 'running'`,
    )
    .get(name);
  if (row && row.n > 0)
    throw new Problem('usage', `The study "${name}" is running: stop it, then move it to the trash.`);
}

function deleteStudies(database: Database.Database, studies: readonly TrashedRow[]): void {
  for (const { id } of studies) {
    database
      .prepare(
        `INSERT OR IGNORE INTO removals (run)
         SELECT name FROM runs WHERE started_at IS NOT NULL AND id IN (${RUNS_OF_STUDY})`,
      )
      .run(id);
    for (const table of TABLES_OF_RUNS) {
      database.prepare(`DELETE FROM ${table} WHERE run_id IN (${RUNS_OF_STUDY})`).run(id);
    }
    database.prepare(`DELETE FROM runs WHERE id IN (${RUNS_OF_STUDY})`).run(id);
    database.prepare('DELETE FROM cells WHERE study_id = ?').run(id);
    database.prepare('DELETE FROM study_notes WHERE study_id = ?').run(id);
    database.prepare('DELETE FROM study_tags WHERE study_id = ?').run(id);
    database.prepare('DELETE FROM machine_samples WHERE study_id = ?').run(id);
    database.prepare('DELETE FROM studies WHERE id = ?').run(id);
  }
}

function toTrashed({ name, runs, bytes, trashed_at: time }: TrashedRow): TrashedStudy {
  return { name, runs, bytes, trashedAt: new Date(time).toISOString() };
}

function noStudy(name: string): Problem {
  return new Problem('not-found', `There is no study "${name}" outside the trash.`);
}
