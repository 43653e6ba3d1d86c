import { existsSync } from 'node:fs';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { describeHolder } from './lease.ts';
import Database from './sqlite.ts';

/** Held by the one process that schedules on a store. */
export interface StoreLock {
  release(): void;
}

/** Milliseconds in which those who only look whether it is held have done so. */
const PATIENCE = 100;

/**
 * Takes the lock of a store, without waiting for another who holds it: an exclusive transaction on the empty database `<file>.lock`.
 * The operating system lets go of it when its process ends in whatever way, so that none is ever stale.
 * The store itself stays open to readers. The lock file remains; it means nothing by itself.
 *
 * @throws Problem `store-busy`.
 */
export function lockStore(file: string): StoreLock {
  const database = new Database(lockFile(file), { timeout: PATIENCE });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
    throw new Problem(
      'store-busy',
      `The store ${file} is in use by ${describeHolder(file)}. Use that program, wait for it to finish, stop it, or choose another file with --store.`,
      { cause: error },
    );
  }
  return {
    release: () => {
      if (database.open) database.close();
    },
  };
}

/** Whether a process schedules on the store. Where that cannot be seen, it may be so. */
export function isScheduled(file: string): boolean {
  if (!existsSync(lockFile(file))) return false;
  try {
    const database = new Database(lockFile(file), { readonly: true, fileMustExist: true, timeout: 0 });
    try {
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
      return false;
    } finally {
      database.close();
    }
  } catch {
    return true;
  }
}

function lockFile(file: string): string {
  return `${file}.lock`;
}
