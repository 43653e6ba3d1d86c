import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { connectReader } from './connection.ts';
import type { IdentityStore } from './store.ts';

/** Who the store is to the folder of artifacts (src-main/artifacts). */
export function identityRows(database: Database.Database): IdentityStore {
  return {
    identity: () => selectIdentity(database) ?? '',
    renewIdentity: () => {
      const identity = randomUUID();
      database
        .prepare(
          'INSERT INTO identity (id, store) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET store = excluded.store',
        )
        .run(identity);
      return identity;
    },
  };
}

/**
 * The identity of the store in a file that may be anything.
 * @returns null where it is no store, or one of a format without identities
 * @throws an error of SQLite or of the file system where the file cannot be read
 */
export function readIdentity(file: string): string | null {
  const database = connectReader(file);
  try {
    const table = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'identity'`).get();
    return table === undefined ? null : selectIdentity(database);
  } finally {
    database.close();
  }
}

function selectIdentity(database: Database.Database): string | null {
  return database.prepare<[], string>('SELECT store FROM identity WHERE id = 1').pluck().get() ?? null;
}
