import type { Migration } from '../migrate.ts';
import { fillSummaries, SUMMARY_COLUMNS } from './0002-fill-summaries.ts';

const FINAL = `('complete', 'failed', 'cancelled', 'interrupted')`;

const FORMER_CHILDREN = [
  'step_points',
  'epoch_points',
  'series',
  'artifacts',
  'provenance',
  'confusions',
  'class_accuracies',
];

/** What belongs to a finished run goes only with the whole study, and only from the trash. */
function frozenUnlessTrashed(table: string): string {
  return `
    CREATE TRIGGER ${table}_delete_of_finished_run BEFORE DELETE ON ${table}
    WHEN EXISTS (
      SELECT 1 FROM runs JOIN cells ON cells.id = runs.cell_id JOIN studies ON studies.id = cells.study_id
      WHERE runs.id = OLD.run_id AND runs.state IN ${FINAL} AND studies.trashed_at IS NULL)
    BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;`;
}

function frozenSummaries(operation: 'INSERT' | 'UPDATE', row: 'NEW' | 'OLD'): string {
  return `
    CREATE TRIGGER summaries_${operation.toLowerCase()}_of_finished_run BEFORE ${operation} ON summaries
    WHEN (SELECT state FROM runs WHERE id = ${row}.run_id) IN ${FINAL}
    BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;`;
}

/** What the application keeps beside the runs: summaries, notes and tags, views, figures, the trash. */
export const application: Migration = {
  version: 2,
  sql: `
  -- what the holder of the lock is, for people
  ALTER TABLE lease ADD COLUMN holder TEXT;

  -- not null: in the trash since then
  ALTER TABLE studies ADD COLUMN trashed_at INTEGER;

  -- deleting a run looks for those that repeat it
  CREATE INDEX runs_that_repeat ON runs (retry_of);

  -- over the points of a finished run; null where a metric was not measured
  CREATE TABLE summaries (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id),
    ${SUMMARY_COLUMNS.map((column) => `${column} REAL`).join(', ')}
  ) STRICT;

  CREATE TABLE notes (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id),
    text TEXT NOT NULL
  ) STRICT;

  CREATE TABLE tags (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (run_id, tag)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE views (
    name TEXT PRIMARY KEY,
    query_json TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE figures (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    specification_json TEXT NOT NULL,
    runs_json TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TRIGGER runs_deleted_from_trash_only BEFORE DELETE ON runs
  WHEN (SELECT trashed_at FROM studies JOIN cells ON cells.study_id = studies.id WHERE cells.id = OLD.cell_id) IS NULL
  BEGIN SELECT RAISE(ABORT, 'only runs of a study in the trash can be deleted'); END;
  ${FORMER_CHILDREN.map((table) => `DROP TRIGGER ${table}_delete_of_finished_run;`).join('')}
  ${[...FORMER_CHILDREN, 'summaries'].map(frozenUnlessTrashed).join('')}
  `,
  code: (database) => {
    fillSummaries(database);
    database.exec(frozenSummaries('INSERT', 'NEW') + frozenSummaries('UPDATE', 'OLD'));
  },
};
