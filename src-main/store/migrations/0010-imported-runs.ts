import type { Migration } from '../migrate.ts';
import { replaceTable } from './replace-table.ts';

/** As this version of the format found them. */
const RUN_COLUMNS = [
  ...['id', 'name', 'cell_id', 'seed', 'state', 'retry_of', 'created_at', 'started_at', 'ended_at', 'step'],
  ...['total_steps', 'steps_per_epoch', 'mode', 'mode_reason', 'test_accuracy', 'seconds', 'failure_code'],
  ...['failure_message', 'failure_step', 'metrics_json'],
].join(', ');

/**
 * Runs that another program trained: they have no cost where no network is known, and no test accuracy or times where
 * their source has none. The network and recipe of their cells may be the JSON `null`, and the data set may be empty.
 */
export const importedRuns: Migration = {
  version: 10,
  sql: `
  ALTER TABLE cells ALTER COLUMN parameters DROP NOT NULL;
  ALTER TABLE cells ALTER COLUMN macs DROP NOT NULL;

  -- imported_from: words for the format; null for a run that was trained here
  CREATE TABLE new_runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    cell_id INTEGER NOT NULL REFERENCES cells (id),
    seed INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'complete', 'failed', 'cancelled', 'interrupted')),
    retry_of INTEGER REFERENCES runs (id),
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    step INTEGER,
    total_steps INTEGER,
    steps_per_epoch INTEGER,
    mode TEXT CHECK (mode IN ('compiled', 'eager')),
    mode_reason TEXT,
    test_accuracy REAL,
    seconds REAL,
    failure_code TEXT,
    failure_message TEXT,
    failure_step INTEGER,
    metrics_json TEXT,
    imported_from TEXT,
    CHECK ((state = 'failed') = (failure_code IS NOT NULL)),
    CHECK (state <> 'complete' OR imported_from IS NOT NULL OR (test_accuracy IS NOT NULL AND ended_at IS NOT NULL))
  ) STRICT;
  INSERT INTO new_runs (${RUN_COLUMNS}) SELECT ${RUN_COLUMNS} FROM runs;
  `,
  code: (database) => replaceTable(database, 'runs'),
};
