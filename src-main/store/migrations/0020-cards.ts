import type { Migration } from '../migrate.ts';

/** Which card of a machine a run was trained on. */
export const cards: Migration = {
  version: 20,
  sql: `
  -- its UUID, or what it was called when it was given; NULL for none, or an unknown one
  ALTER TABLE provenance ADD COLUMN card TEXT;
  `,
};
