import type Database from 'better-sqlite3';
import type { Migration } from '../migrate.ts';
import { replaceTriggers } from './replace-triggers.ts';

/** What may change of a finished run: whether it is in the trash, and whether its seed is passed over. */
const CHANGING = new Set(['trashed_at', 'skipped']);

/** Runs that a person skips, and single runs in the trash. */
export const singleRuns: Migration = {
  version: 14,
  sql: `
  -- 1: its cell and seed are not trained again by themselves
  ALTER TABLE runs ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;
  -- not null: in the trash since then; it counts nowhere
  ALTER TABLE runs ADD COLUMN trashed_at INTEGER;

  DROP INDEX IF EXISTS one_run_for_each_seed;
  CREATE UNIQUE INDEX one_run_for_each_seed ON runs (cell_id, seed)
    WHERE state IN ('waiting', 'running', 'complete') AND trashed_at IS NULL;

  DROP TRIGGER IF EXISTS runs_deleted_from_trash_only;
  CREATE TRIGGER runs_deleted_from_trash_only BEFORE DELETE ON runs
  WHEN OLD.trashed_at IS NULL
    AND (SELECT trashed_at FROM studies JOIN cells ON cells.study_id = studies.id WHERE cells.id = OLD.cell_id) IS NULL
  BEGIN SELECT RAISE(ABORT, 'only runs in the trash can be deleted'); END;
  `,
  code: (database) => {
    replaceTriggers(database, 'finished_run_never_changes', (sql) =>
      sql.replace('BEFORE UPDATE ON runs', `BEFORE UPDATE OF ${frozenColumns(database)} ON runs`),
    );
    replaceTriggers(database, '%_delete_of_finished_run', (sql) =>
      sql.replace('studies.trashed_at IS NULL)', 'studies.trashed_at IS NULL AND runs.trashed_at IS NULL)'),
    );
  },
};

function frozenColumns(database: Database.Database): string {
  return database
    .prepare<[], string>(`SELECT name FROM pragma_table_info('runs')`)
    .pluck()
    .all()
    .filter((name) => !CHANGING.has(name))
    .join(', ');
}
