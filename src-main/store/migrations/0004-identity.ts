import { randomUUID } from 'node:crypto';
import type { Migration } from '../migrate.ts';

/**
 * Who a store is to the folder of artifacts, which copies of one store share. A run's folder is found by the run's name
 * and no longer by an absolute path, so that a moved home is whole and no store can name a folder elsewhere.
 */
export const identity: Migration = {
  version: 4,
  sql: `
  CREATE TABLE identity (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    store TEXT NOT NULL
  ) STRICT;

  -- runs that are deleted for good, whose folders are still to be removed
  CREATE TABLE removals (
    run TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE runs DROP COLUMN artifacts_folder;
  `,
  code: (database) => {
    database.prepare('INSERT INTO identity (id, store) VALUES (1, ?)').run(randomUUID());
  },
};
