import type Database from 'better-sqlite3';
import { dropSomeStaged } from './stage-import.ts';
import type { ImportStore, StagedImport } from './store.ts';
import { requireFreeName, studyOfHash } from './study-rows.ts';

/** Studies whose runs another program trained. */
export function importRows(database: Database.Database): ImportStore {
  return {
    findImport: (hash) => studyOfHash(database, 'definition_json', '$.imported.hash', hash),
    requireFree: (name) => requireFree(database, name),
    publishImport: (staged) => database.transaction(() => publish(database, staged)).immediate(),
    dropSomeStaged: () => dropSomeStaged(database),
  };
}

function requireFree(database: Database.Database, name: string): void {
  requireFreeName(
    database,
    name,
    `There is a study "${name}" already: choose another name. Runs are imported as a study of their own.`,
  );
}

function publish(database: Database.Database, { study, row, incomplete }: StagedImport): void {
  requireFree(database, study);
  const end = database.prepare(
    'UPDATE runs SET seed = ?, state = ?, failure_code = ?, failure_message = ? WHERE name = ?',
  );
  for (const { run, seed, state, failure } of incomplete)
    end.run(seed, state, failure?.code ?? null, failure?.message ?? null, run);
  database
    .prepare(
      `UPDATE runs SET state = 'complete'
       WHERE state = 'running' AND cell_id IN (SELECT id FROM cells WHERE study_id = ?)`,
    )
    .run(row);
  database.prepare('UPDATE studies SET name = ?, trashed_at = NULL WHERE id = ?').run(study, row);
}
