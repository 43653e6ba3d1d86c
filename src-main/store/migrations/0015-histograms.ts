import type { Migration } from '../migrate.ts';

const FINAL = `('complete', 'failed', 'cancelled', 'interrupted')`;

/** Histograms of weights, gradients and activations, which belong to a run as its points do. */
export const histograms: Migration = {
  version: 15,
  sql: `
  -- data: JSON of all layers, deflated (RFC 1951)
  CREATE TABLE histograms (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    step INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (run_id, step)
  ) STRICT;

  CREATE TRIGGER histograms_insert_of_finished_run BEFORE INSERT ON histograms
  WHEN (SELECT state FROM runs WHERE id = NEW.run_id) IN ${FINAL}
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

  CREATE TRIGGER histograms_update_of_finished_run BEFORE UPDATE ON histograms
  WHEN (SELECT state FROM runs WHERE id = OLD.run_id) IN ${FINAL}
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

  CREATE TRIGGER histograms_delete_of_finished_run BEFORE DELETE ON histograms
  WHEN EXISTS (
    SELECT 1 FROM runs JOIN cells ON cells.id = runs.cell_id JOIN studies ON studies.id = cells.study_id
    WHERE runs.id = OLD.run_id AND runs.state IN ${FINAL} AND studies.trashed_at IS NULL AND runs.trashed_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;
  `,
};
