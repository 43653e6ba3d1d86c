import type { Migration } from '../migrate.ts';
import { replaceTriggers } from './replace-triggers.ts';

const FINAL = `('complete', 'failed', 'cancelled', 'interrupted')`;

/** As `canGoOn` has it. */
const GOES_ON = `NEW.state = 'waiting' AND OLD.imported_from IS NULL AND OLD.opened = 0
    AND NEW.id = OLD.id AND NEW.name = OLD.name AND NEW.cell_id = OLD.cell_id AND NEW.seed = OLD.seed
    AND (OLD.state = 'interrupted' OR (OLD.state = 'failed'
      AND OLD.failure_code IN ('trainer-died', 'out-of-memory', 'disk-full', 'engine-missing')))`;

/** Runs that were interrupted, or failed from outside, go on as themselves. */
export const interruptions: Migration = {
  version: 18,
  sql: `
  -- 1: its folder may have resume checkpoints
  ALTER TABLE runs ADD COLUMN resume_files INTEGER NOT NULL DEFAULT 0;

  -- place: from 1; step: from which the run went on; cause: why it failed; note: the trainer's about how it went on
  CREATE TABLE interruptions (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    place INTEGER NOT NULL,
    at INTEGER NOT NULL,
    cause TEXT,
    step INTEGER,
    went_on_at INTEGER,
    note TEXT,
    PRIMARY KEY (run_id, place)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER interruptions_insert_of_finished_run BEFORE INSERT ON interruptions
  WHEN (SELECT state FROM runs WHERE id = NEW.run_id) IN ${FINAL}
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

  CREATE TRIGGER interruptions_update_of_finished_run BEFORE UPDATE ON interruptions
  WHEN (SELECT state FROM runs WHERE id = OLD.run_id) IN ${FINAL}
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

  CREATE TRIGGER interruptions_delete_of_finished_run BEFORE DELETE ON interruptions
  WHEN EXISTS (
    SELECT 1 FROM runs JOIN cells ON cells.id = runs.cell_id JOIN studies ON studies.id = cells.study_id
    WHERE runs.id = OLD.run_id AND runs.state IN ${FINAL} AND studies.trashed_at IS NULL AND runs.trashed_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;
  `,
  code: (database) => {
    replaceTriggers(database, 'finished_run_never_changes', (sql) =>
      sql.replace(`OLD.state IN ${FINAL}`, `OLD.state IN ${FINAL}\n  AND NOT (${GOES_ON})`),
    );
  },
};
