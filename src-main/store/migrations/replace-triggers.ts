import type Database from 'better-sqlite3';

/** Changes triggers of such names. Those that somebody has dropped stay so: a check of the store tells. */
export function replaceTriggers(
  database: Database.Database,
  like: string,
  change: (sql: string) => string,
): void {
  const triggers = database
    .prepare<[string], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE ?`,
    )
    .all(like);
  for (const { name, sql } of triggers) database.exec(`DROP TRIGGER ${name}; ${change(sql)};`);
}
