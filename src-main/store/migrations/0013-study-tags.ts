import type { Migration } from '../migrate.ts';

/** Words by which a person finds studies again. */
export const studyTags: Migration = {
  version: 13,
  sql: `
  CREATE TABLE study_tags (
    study_id INTEGER NOT NULL REFERENCES studies (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (study_id, tag)
  ) STRICT;
  `,
};
