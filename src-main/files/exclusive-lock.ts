import Database from './sqlite.ts';

/** Held by one process at a time. */
export interface ExclusiveLock {
  release(): void;
}

/** Milliseconds in which those who only look whether it is held have done so. */
const PATIENCE = 100;

/**
 * Takes a lock: an exclusive transaction on an empty database. The operating system lets go of it when its process ends in
 * whatever way, so that none is ever stale. The file remains; it means nothing by itself.
 * @returns null where another holds it, also one in this process; nobody is waited for
 * @throws SqliteError where the file cannot be written
 */
export function takeLock(file: string): ExclusiveLock | null {
  const database = new Database(file, { timeout: PATIENCE });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return {
    release: () => {
      if (database.open) database.close();
    },
  };
}
