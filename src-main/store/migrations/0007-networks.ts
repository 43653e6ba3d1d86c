import type { Migration } from '../migrate.ts';

/** Networks that were trained elsewhere. What is found about them lies among what is found about runs. */
export const networks: Migration = {
  version: 7,
  sql: `
  -- name: the id outside the store, as of runs; title: what people call it
  CREATE TABLE networks (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL UNIQUE,
    source_json TEXT NOT NULL,
    network_json TEXT NOT NULL,
    input_json TEXT NOT NULL,
    classes_json TEXT NOT NULL,
    wordnet_json TEXT,
    preprocessing_json TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TRIGGER network_never_changes BEFORE UPDATE ON networks
  BEGIN SELECT RAISE(ABORT, 'a network never changes'); END;

  ALTER TABLE analyses RENAME TO former_analyses;
  -- of a run or of a network; key: canonical JSON of the settings
  CREATE TABLE analyses (
    id INTEGER PRIMARY KEY,
    run_id INTEGER REFERENCES runs (id),
    network_id INTEGER REFERENCES networks (id),
    method TEXT NOT NULL,
    key TEXT NOT NULL,
    results_json TEXT NOT NULL,
    files_json TEXT NOT NULL,
    seconds REAL NOT NULL,
    created_at INTEGER NOT NULL,
    CHECK ((run_id IS NULL) <> (network_id IS NULL)),
    UNIQUE (run_id, method, key),
    UNIQUE (network_id, method, key)
  ) STRICT;
  INSERT INTO analyses (id, run_id, method, key, results_json, files_json, seconds, created_at)
    SELECT id, run_id, method, key, results_json, files_json, seconds, created_at FROM former_analyses;
  DROP TABLE former_analyses;
  `,
};
