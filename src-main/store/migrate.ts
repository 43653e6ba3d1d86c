import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { removeUnfinished, unfinishedPath } from '../files/unfinished-files.ts';

/** 'KNDL': marks a SQLite file as a Kindling store. */
export const APPLICATION_ID = 0x4b4e444c;

/** One step of the store's format; run in a transaction that also raises `user_version`. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
  /** What SQL alone cannot do, after `sql` and in the same transaction. */
  readonly code?: (database: Database.Database) => void;
}

/** The version of the format that the last of these migrations makes. */
export function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** The version of the format of an open store; 0 for a file without tables. */
export function storeVersion(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/**
 * Brings a store up to date. A store that already holds something is first copied whole to
 * `<file>.v<version>-backup`. The caller holds the lock.
 *
 * @returns the path of the copy, or null if none was needed.
 */
export function migrate(database: Database.Database, migrations: readonly Migration[]): string | null {
  const version = storeVersion(database);
  const missing = migrations.filter((migration) => migration.version > version);
  if (missing.length === 0) return null;
  const backup = version > 0 ? backUp(database, version) : null;
  // a table that is put in the place of a former one must not take along what refers to it
  const foreignKeys = database.pragma('foreign_keys', { simple: true }) as number;
  database.pragma('foreign_keys = OFF');
  try {
    for (const migration of missing) apply(database, migration);
  } finally {
    database.pragma(`foreign_keys = ${foreignKeys}`);
  }
  return backup;
}

function apply(database: Database.Database, { version, sql, code }: Migration): void {
  database.transaction(() => {
    database.exec(sql);
    code?.(database);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${version}`);
  })();
}

/** A copy that an earlier migration made is kept. */
function backUp(database: Database.Database, version: number): string {
  const path = `${database.name}.v${version}-backup`;
  const free = existsSync(path) ? `${path}-${Date.now()}` : path;
  const unfinished = unfinishedPath(free);
  try {
    removeUnfinished(dirname(free));
    database.prepare('VACUUM INTO ?').run(unfinished);
    renameSync(unfinished, free);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return free;
}
