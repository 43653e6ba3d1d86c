import type Database from 'better-sqlite3';

/** Puts `new_<table>` in the place of a table, with its indexes and triggers; one that somebody has dropped stays so. */
export function replaceTable(database: Database.Database, table: string): void {
  const parts = database
    .prepare<[string], { sql: string }>(
      `SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL`,
    )
    .all(table);
  // other tables and their triggers name the table as before, and nothing of them is to be written anew
  database.pragma('legacy_alter_table = ON');
  try {
    database.exec(`DROP TABLE ${table}; ALTER TABLE new_${table} RENAME TO ${table};`);
  } finally {
    database.pragma('legacy_alter_table = OFF');
  }
  for (const { sql } of parts) database.exec(sql);
}
