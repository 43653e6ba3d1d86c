import type { Migration } from '../migrate.ts';

/** What a person writes about a study, in Markdown. A study without a row has none. */
export const studyNotes: Migration = {
  version: 11,
  sql: `
  CREATE TABLE study_notes (
    study_id INTEGER PRIMARY KEY REFERENCES studies (id),
    text TEXT NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;
  `,
};
