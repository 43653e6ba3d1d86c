import type Database from 'better-sqlite3';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { OpenedFrom } from '../../src-shared/studies/opened-from.ts';
import type { OpenedStore } from './store.ts';
import { requireFreeName, studyOfHash } from './study-rows.ts';

/** Studies that were read from reports, with their runs. */
export function openedRows(database: Database.Database): OpenedStore {
  return {
    findOpened: (hash) => studyOfHash(database, 'opened_json', '$.hash', hash),
    refuseCopy: (name, runs) => {
      refuseKnownRuns(database, runs);
      requireFreeName(
        database,
        name,
        `There is another study "${name}": choose another name for that of the report.`,
      );
    },
  };
}

function refuseKnownRuns(database: Database.Database, runs: readonly string[]): void {
  const known = database
    .prepare<[string], { study: string; trashed_at: number | null; opened_json: string | null }>(
      `SELECT studies.name AS study, studies.trashed_at, opened_json FROM runs JOIN cells ON cells.id = cell_id
         JOIN studies ON studies.id = study_id
       WHERE runs.name IN (SELECT value FROM json_each(?)) LIMIT 1`,
    )
    .get(JSON.stringify(runs));
  if (!known) return;
  const { study, trashed_at: trashedAt, opened_json: opened } = known;
  const from = opened === null ? '' : `, opened from ${(JSON.parse(opened) as OpenedFrom).file}`;
  const way =
    trashedAt === null
      ? 'To open this report instead, move that study to the trash and delete it permanently.'
      : 'It is in the trash: restore it, or delete it permanently to open this report instead.';
  throw new Problem(
    'usage',
    `Runs of this report are in the store already: of the study "${study}"${from}. ${way}`,
  );
}
