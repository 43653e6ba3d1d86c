import type Database from 'better-sqlite3';
import type { ImportStore } from './store.ts';
import { requireFreeName, studyOfHash } from './study-rows.ts';

/** Studies whose runs another program trained. */
export function importRows(database: Database.Database): ImportStore {
  return {
    findImport: (hash) => studyOfHash(database, 'definition_json', '$.imported.hash', hash),
    requireFree: (name) =>
      requireFreeName(
        database,
        name,
        `There is a study "${name}" already: choose another name. Runs are imported as a study of their own.`,
      ),
  };
}
