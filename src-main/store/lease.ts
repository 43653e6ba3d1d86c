import { hostname } from 'node:os';
import type Database from 'better-sqlite3';
import { connectReader } from './connection.ts';

/** Who holds a store, if it did not say so itself. */
export const DEFAULT_HOLDER = 'another Kindling';

/** Notes who schedules on a store, for the message to others. The lock itself is the operating system's. */
export function noteHolder(database: Database.Database, holder: string): void {
  database
    .prepare('INSERT OR REPLACE INTO lease (id, pid, host, since, holder) VALUES (1, ?, ?, ?, ?)')
    .run(process.pid, hostname(), Date.now(), holder);
}

/** `kindling serve (process 42 on host, since …)`, or less where that cannot be read. */
export function describeHolder(file: string): string {
  try {
    const database = connectReader(file);
    try {
      // all columns: a store of an older Kindling has no `holder`
      const row = database
        .prepare<[], { pid: number; host: string; since: number; holder?: string | null }>(
          'SELECT * FROM lease',
        )
        .get();
      if (!row) return DEFAULT_HOLDER;
      const { pid, host, since, holder } = row;
      return `${holder ?? DEFAULT_HOLDER} (process ${pid} on ${host}, since ${new Date(since).toISOString()})`;
    } finally {
      database.close();
    }
  } catch {
    return DEFAULT_HOLDER;
  }
}
