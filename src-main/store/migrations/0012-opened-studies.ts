import type { Migration } from '../migrate.ts';

/** Studies that were read from a report, with their runs. */
export const openedStudies: Migration = {
  version: 12,
  sql: `
  -- the report that it was read from, and when; null for any other study
  ALTER TABLE studies ADD COLUMN opened_json TEXT;
  -- 1: it came with its study from a report, and its files are where it was trained
  ALTER TABLE runs ADD COLUMN opened INTEGER NOT NULL DEFAULT 0;
  `,
};
