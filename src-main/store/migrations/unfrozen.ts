import type Database from 'better-sqlite3';

/** Does what changes finished runs. A trigger that somebody has dropped or changed stays so: a check of the store tells. */
export function unfrozen(database: Database.Database, change: () => void): void {
  const trigger = database
    .prepare<[], { sql: string }>(
      `SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'finished_run_never_changes'`,
    )
    .get();
  database.exec('DROP TRIGGER IF EXISTS finished_run_never_changes');
  change();
  if (trigger) database.exec(trigger.sql);
}
