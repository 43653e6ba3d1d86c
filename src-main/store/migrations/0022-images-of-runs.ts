import type { Migration } from '../migrate.ts';
import { replaceTriggers } from './replace-triggers.ts';

/** Where the images of a run lay, and why there. */
export const imagesOfRuns: Migration = {
  version: 22,
  sql: `
  -- for people; NULL where that was not told
  ALTER TABLE runs ADD COLUMN images TEXT;
  `,
  code: (database) =>
    replaceTriggers(database, 'finished_run_never_changes', (sql) =>
      sql.replace('BEFORE UPDATE OF ', 'BEFORE UPDATE OF images, '),
    ),
};
