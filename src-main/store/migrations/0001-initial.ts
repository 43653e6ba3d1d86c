import type { Migration } from '../migrate.ts';

const FINAL = `('complete', 'failed', 'cancelled', 'interrupted')`;

/** Refuses changes to rows that belong to a finished run; `row` is NEW or OLD. */
function frozen(table: string, operation: 'INSERT' | 'UPDATE' | 'DELETE'): string {
  const row = operation === 'INSERT' ? 'NEW' : 'OLD';
  return `
    CREATE TRIGGER ${table}_${operation.toLowerCase()}_of_finished_run BEFORE ${operation} ON ${table}
    WHEN (SELECT state FROM runs WHERE id = ${row}.run_id) IN ${FINAL}
    BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;`;
}

const CHILDREN = [
  'step_points',
  'epoch_points',
  'series',
  'artifacts',
  'provenance',
  'confusions',
  'class_accuracies',
];

/** Times are milliseconds since 1970; `json` columns hold JSON text. */
export const initial: Migration = {
  version: 1,
  sql: `
  CREATE TABLE lease (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    since INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE studies (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    dataset TEXT NOT NULL,
    data_hash TEXT NOT NULL,
    definition_json TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  -- position is null for a cell that the study's present definition no longer holds
  CREATE TABLE cells (
    id INTEGER PRIMARY KEY,
    study_id INTEGER NOT NULL REFERENCES studies (id),
    key TEXT NOT NULL,
    position INTEGER,
    factors_json TEXT NOT NULL,
    network_json TEXT NOT NULL,
    recipe_json TEXT NOT NULL,
    parameters INTEGER NOT NULL,
    macs INTEGER NOT NULL,
    UNIQUE (study_id, key)
  ) STRICT;

  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    cell_id INTEGER NOT NULL REFERENCES cells (id),
    seed INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'complete', 'failed', 'cancelled', 'interrupted')),
    retry_of INTEGER REFERENCES runs (id),
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    artifacts_folder TEXT,
    step INTEGER,
    total_steps INTEGER,
    steps_per_epoch INTEGER,
    mode TEXT CHECK (mode IN ('compiled', 'eager')),
    mode_reason TEXT,
    test_accuracy REAL,
    test_loss REAL,
    test_top5 REAL,
    validation_accuracy REAL,
    validation_loss REAL,
    best_validation_accuracy REAL,
    training_accuracy REAL,
    training_loss REAL,
    seconds REAL,
    images_per_second REAL,
    data_wait_share REAL,
    peak_memory_bytes REAL,
    failure_code TEXT,
    failure_message TEXT,
    failure_step INTEGER,
    CHECK ((state = 'failed') = (failure_code IS NOT NULL)),
    CHECK (state <> 'complete' OR (test_accuracy IS NOT NULL AND ended_at IS NOT NULL))
  ) STRICT;
  CREATE INDEX runs_of_cell ON runs (cell_id, seed);
  CREATE INDEX runs_in_state ON runs (state);
  -- a cell has one result for each seed: repeating a complete run is impossible
  CREATE UNIQUE INDEX one_run_for_each_seed ON runs (cell_id, seed)
    WHERE state IN ('waiting', 'running', 'complete');

  CREATE TABLE provenance (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id),
    kindling_version TEXT NOT NULL,
    node_version TEXT NOT NULL,
    tfjs_version TEXT,
    engine TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    device TEXT NOT NULL,
    threads INTEGER NOT NULL,
    data_hash TEXT NOT NULL,
    host TEXT NOT NULL,
    platform TEXT NOT NULL,
    folder TEXT NOT NULL,
    git_revision TEXT,
    git_dirty INTEGER
  ) STRICT;

  -- live points of running runs; a finished run has them as series
  CREATE TABLE step_points (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    step INTEGER NOT NULL,
    loss REAL NOT NULL,
    accuracy REAL NOT NULL,
    learning_rate REAL NOT NULL,
    images_per_second REAL NOT NULL,
    PRIMARY KEY (run_id, step)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE epoch_points (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    seconds REAL NOT NULL,
    training_loss REAL NOT NULL,
    training_accuracy REAL NOT NULL,
    training_top5 REAL NOT NULL,
    validation_loss REAL,
    validation_accuracy REAL,
    validation_top5 REAL,
    PRIMARY KEY (run_id, epoch)
  ) STRICT, WITHOUT ROWID;

  -- data: little-endian 64-bit floats, one for each point; NaN stands for null
  CREATE TABLE series (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    axis TEXT NOT NULL CHECK (axis IN ('step', 'epoch')),
    metric TEXT NOT NULL,
    count INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (run_id, axis, metric)
  ) STRICT;

  CREATE TABLE artifacts (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (run_id, kind)
  ) STRICT;

  -- counts: little-endian 32-bit unsigned integers, classes x classes, row by row (rows: true classes)
  CREATE TABLE confusions (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id),
    classes INTEGER NOT NULL,
    counts BLOB NOT NULL
  ) STRICT;

  CREATE TABLE class_accuracies (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    class INTEGER NOT NULL,
    accuracy REAL,
    PRIMARY KEY (run_id, class)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER finished_run_never_changes BEFORE UPDATE ON runs WHEN OLD.state IN ${FINAL}
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

  CREATE TRIGGER run_states_in_order BEFORE UPDATE OF state ON runs
  WHEN OLD.state NOT IN ${FINAL} AND NOT (OLD.state = NEW.state
    OR (OLD.state = 'waiting' AND NEW.state IN ('running', 'cancelled'))
    OR (OLD.state = 'running' AND NEW.state IN ${FINAL}))
  BEGIN SELECT RAISE(ABORT, 'a run cannot go from its state to this one'); END;

  CREATE TRIGGER cell_content_never_changes BEFORE UPDATE OF key, network_json, recipe_json ON cells
  WHEN OLD.key <> NEW.key OR OLD.network_json <> NEW.network_json OR OLD.recipe_json <> NEW.recipe_json
  BEGIN SELECT RAISE(ABORT, 'the content of a cell never changes'); END;
  ${CHILDREN.flatMap((table) => [frozen(table, 'INSERT'), frozen(table, 'UPDATE'), frozen(table, 'DELETE')]).join('')}
  `,
};
