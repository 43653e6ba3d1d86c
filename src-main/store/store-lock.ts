import Database from 'better-sqlite3';
import { Problem } from '../../src-shared/contract/problem.ts';
import { describeHolder } from './lease.ts';

/** Held by the one process that schedules on a store. */
export interface StoreLock {
  release(): void;
}

/**
 * Takes the lock of a store, without waiting: an exclusive transaction on the empty database `<file>.lock`.
 * The operating system lets go of it when its process ends in whatever way, so that none is ever stale.
 * The store itself stays open to readers. The lock file remains; it means nothing by itself.
 *
 * @throws Problem `store-busy`.
 */
export function lockStore(file: string): StoreLock {
  const database = new Database(`${file}.lock`, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
    throw new Problem(
      'store-busy',
      `The store ${file} is in use by ${describeHolder(file)}. Do it there, wait until that is done or stop it, or give another file with --store.`,
      { cause: error },
    );
  }
  return {
    release: () => {
      if (database.open) database.close();
    },
  };
}
