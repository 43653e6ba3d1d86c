import type { Migration } from '../migrate.ts';

/** What is found out about finished runs. It lies beside them, as notes do, and can be made again. */
export const analyses: Migration = {
  version: 3,
  sql: `
  -- key: canonical JSON of the settings
  CREATE TABLE analyses (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id),
    method TEXT NOT NULL,
    key TEXT NOT NULL,
    results_json TEXT NOT NULL,
    files_json TEXT NOT NULL,
    seconds REAL NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (run_id, method, key)
  ) STRICT;
  `,
};
