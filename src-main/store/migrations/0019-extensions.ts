import type { Migration } from '../migrate.ts';

const FINAL = `('complete', 'failed', 'cancelled', 'interrupted')`;

/** Runs that went on from the end of a shorter one; those whose folders may have resume checkpoints are found by an index. */
export const extensions: Migration = {
  version: 19,
  sql: `
  -- from_run: its name, as it may be deleted; step: its last one, or 0 where the run began anew; seconds: of that run
  CREATE TABLE extensions (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id),
    from_run TEXT NOT NULL,
    step INTEGER NOT NULL,
    seconds REAL NOT NULL,
    note TEXT
  ) STRICT;

  CREATE TRIGGER extensions_insert_of_finished_run BEFORE INSERT ON extensions
  WHEN (SELECT state FROM runs WHERE id = NEW.run_id) IN ${FINAL}
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

  CREATE TRIGGER extensions_update_of_finished_run BEFORE UPDATE ON extensions
  WHEN (SELECT state FROM runs WHERE id = OLD.run_id) IN ${FINAL}
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

  CREATE TRIGGER extensions_delete_of_finished_run BEFORE DELETE ON extensions
  WHEN EXISTS (
    SELECT 1 FROM runs JOIN cells ON cells.id = runs.cell_id JOIN studies ON studies.id = cells.study_id
    WHERE runs.id = OLD.run_id AND runs.state IN ${FINAL} AND studies.trashed_at IS NULL AND runs.trashed_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

  CREATE INDEX runs_with_resume_files ON runs (state) WHERE resume_files = 1;
  `,
};
