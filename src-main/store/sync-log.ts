import { open } from 'node:fs/promises';
import type Database from 'better-sqlite3';

/**
 * Has the disk take what SQLite has left to the system: with `synchronous = NORMAL` a transaction is in the log beside the store when it
 * returns, which the death of the process leaves alone and a power cut does not (https://sqlite.org/pragma.html#pragma_synchronous). It is
 * done beside the caller's thread, which a commit that waits for the disk would hold up each time. Closing the log drops no lock:
 * SQLite's are on the other two files.
 *
 * One after the other: calls that come while the disk is at work are answered by one more time, so that a slow disk is not asked for the same
 * again and again.
 *
 * @returns what resolves when all that was committed before the call is on the disk, and rejects with what the system says
 */
export function logSyncer(database: Database.Database): () => Promise<void> {
  const file = `${database.name}-wal`;
  let last = Promise.resolve();
  let waiting: Promise<void> | null = null;
  return () => {
    if (waiting) return waiting;
    const asked = last.then(() => {
      waiting = null;
      return syncFile(file);
    });
    waiting = asked;
    last = asked.catch(() => undefined);
    return asked;
  };
}

async function syncFile(file: string): Promise<void> {
  const log = await open(file, 'r').catch((error: unknown) => {
    // it is made with the first change; what went from it into the store was waited for by SQLite
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (log === null) return;
  try {
    await log.datasync();
  } finally {
    await log.close();
  }
}
