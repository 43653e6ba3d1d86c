import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { Problem } from '../../src-shared/contract/problem.ts';
import { connectReader, connectWriter, inspectStore, storeExists } from './connection.ts';
import { latestVersion, migrate, type Migration } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { pointRows } from './point-rows.ts';
import { resultRows } from './result-rows.ts';
import { interruptRunningRuns, runRows } from './run-rows.ts';
import { explained, explaining } from './sqlite-problem.ts';
import { lockStore } from './store-lock.ts';
import type { Store } from './store.ts';
import { studyRows } from './study-rows.ts';

export interface OpenOptions {
  /**
   * `read`: beside any other process, writing nothing.
   * `schedule`: alone; makes the store if missing, and turns runs that a dead process left `running` into
   * `interrupted`.
   */
  readonly purpose: 'read' | 'schedule';
  /** The format's history; given by tests only. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the store in `file`, brought up to date (a copy of an older one is kept beside it).
 *
 * @throws Problem `not-found` (reading a file that is not there), `store-damaged`, `store-newer`, `store-busy`
 *   (scheduling, or bringing up to date, while another Kindling schedules), `disk-full`. In all these
 *   cases the file is left as it was.
 */
export function openStore(file: string, options: OpenOptions): Store {
  const path = resolve(file);
  const migrations = options.migrations ?? MIGRATIONS;
  return explained(path, () =>
    options.purpose === 'read' ? openForReading(path, migrations) : openForScheduling(path, migrations),
  );
}

function openForReading(file: string, migrations: readonly Migration[]): Store {
  if (!storeExists(file)) {
    throw new Problem(
      'not-found',
      `There is no store at ${file} yet: run a study first, or give another file with --store.`,
    );
  }
  const version = inspectStore(file, migrations, false);
  if (version < latestVersion(migrations)) openForScheduling(file, migrations).close();
  const database = connectReader(file);
  return assemble(file, database, () => undefined);
}

function openForScheduling(file: string, migrations: readonly Migration[]): Store {
  mkdirSync(dirname(file), { recursive: true });
  if (storeExists(file)) inspectStore(file, migrations, false);
  const lock = lockStore(file, () => describeHolder(file));
  try {
    if (storeExists(file)) inspectStore(file, migrations, true);
    const database = connectWriter(file);
    try {
      migrate(database, migrations);
      noteHolder(database);
      interruptRunningRuns(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return assemble(file, database, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

function assemble(file: string, database: Database.Database, release: () => void): Store {
  return explaining(
    {
      file,
      ...studyRows(database),
      ...runRows(database),
      ...pointRows(database),
      ...resultRows(database),
      close: () => {
        if (!database.open) return;
        try {
          // keeps the planner's statistics fresh; without them it may choose the wrong index in a large store
          if (!database.readonly) database.pragma('optimize');
        } catch {
          // a full disk: what is written there is not needed, and the caller has its own error to tell
        }
        database.close();
        release();
      },
    },
    file,
  );
}

function noteHolder(database: Database.Database): void {
  database
    .prepare('INSERT OR REPLACE INTO lease (id, pid, host, since) VALUES (1, ?, ?, ?)')
    .run(process.pid, hostname(), Date.now());
}

/** ` (process 42 on host, since …)`, or nothing where that cannot be read. */
function describeHolder(file: string): string {
  try {
    const database = connectReader(file);
    try {
      const row = database
        .prepare<[], { pid: number; host: string; since: number }>('SELECT pid, host, since FROM lease')
        .get();
      return row ? ` (process ${row.pid} on ${row.host}, since ${new Date(row.since).toISOString()})` : '';
    } finally {
      database.close();
    }
  } catch {
    return '';
  }
}
