import type Database from 'better-sqlite3';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { dropSomeStaged } from './stage-import.ts';
import type { ImportStore, StagedImport } from './store.ts';
import { requireUntrashed } from './study-rows.ts';

/** Studies whose runs another program trained. */
export function importRows(database: Database.Database): ImportStore {
  return {
    findImport: (hash) => {
      const row = database
        .prepare<[string], { name: string; trashed_at: number | null }>(
          `SELECT name, trashed_at FROM studies
           WHERE json_extract(definition_json, '$.imported.hash') = ? AND trashed_at IS NOT 0`,
        )
        .get(hash);
      return row ? { study: row.name, isTrashed: row.trashed_at !== null } : null;
    },
    requireFree: (name) => requireFree(database, name),
    publishImport: (staged) => database.transaction(() => publish(database, staged)).immediate(),
    dropSomeStaged: () => dropSomeStaged(database),
  };
}

/** @throws Problem `usage` for a name that a study has, in the trash or out of it */
function requireFree(database: Database.Database, name: string): void {
  const known = database
    .prepare<[string], { trashed_at: number | null }>('SELECT trashed_at FROM studies WHERE name = ?')
    .get(name);
  if (!known) return;
  requireUntrashed(name, known.trashed_at);
  throw new Problem(
    'usage',
    `There is a study "${name}" already: choose another name. Runs are imported as a study of their own.`,
  );
}

function publish(database: Database.Database, { study, row, incomplete }: StagedImport): void {
  requireFree(database, study);
  const end = database.prepare(
    'UPDATE runs SET state = ?, failure_code = ?, failure_message = ? WHERE name = ?',
  );
  for (const { run, state, failure } of incomplete)
    end.run(state, failure?.code ?? null, failure?.message ?? null, run);
  database
    .prepare(
      `UPDATE runs SET state = 'complete'
       WHERE state = 'running' AND cell_id IN (SELECT id FROM cells WHERE study_id = ?)`,
    )
    .run(row);
  database.prepare('UPDATE studies SET name = ?, trashed_at = NULL WHERE id = ?').run(study, row);
}
