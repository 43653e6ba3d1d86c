import type { Migration } from '../migrate.ts';

/** What the machine did while a study trained: one row for some seconds, the more the longer it trained. */
export const machineSamples: Migration = {
  version: 16,
  sql: `
  CREATE TABLE machine_samples (
    study_id INTEGER NOT NULL REFERENCES studies (id),
    -- when the seconds ended
    at INTEGER NOT NULL,
    seconds REAL NOT NULL,
    sample_json TEXT NOT NULL,
    PRIMARY KEY (study_id, at)
  ) STRICT, WITHOUT ROWID;
  `,
};
