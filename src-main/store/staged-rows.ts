import type Database from 'better-sqlite3';
import { joinStudy } from './join-study.ts';
import { dropSomeStaged } from './stage-study.ts';
import type { StagedStore, StagedStudy } from './store.ts';
import { requireFreeName } from './study-rows.ts';

/** Studies that were written beside the one who holds the store. */
export function stagedRows(database: Database.Database): StagedStore {
  return {
    publishStaged: (staged) => database.transaction(() => publish(database, staged)).immediate(),
    dropSomeStaged: () => dropSomeStaged(database),
  };
}

function publish(database: Database.Database, staged: StagedStudy): void {
  const { study, row, addition } = staged;
  if (addition) {
    joinStudy(database, staged, addition);
    return;
  }
  requireFreeName(database, study, `There is a study "${study}" already: choose another name.`);
  database.prepare('UPDATE studies SET name = ?, trashed_at = NULL WHERE id = ?').run(study, row);
}
