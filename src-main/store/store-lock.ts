import { existsSync } from 'node:fs';
import { describeHolder } from './lease.ts';
import Database from '../files/sqlite.ts';
import { type ExclusiveLock, takeLock } from '../files/exclusive-lock.ts';
import { notThisStore } from './another-store.ts';

/**
 * Takes the lock of a store, without waiting for another who holds it. The store itself stays open to readers.
 *
 * @throws Problem `store-busy`.
 */
export function lockStore(file: string): ExclusiveLock {
  const lock = takeLock(lockFile(file));
  if (lock !== null) return lock;
  throw notThisStore(
    'store-busy',
    `The store ${file} is in use by ${describeHolder(file)}. Use that program, wait for it to finish, stop it, or `,
  );
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
