import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { removeUnfinishedCopies } from './backup-store.ts';
import { runFolderFinder } from './run-folder.ts';
import { removeUnfinished } from '../files/unfinished-files.ts';
import { artifactsFolder } from '../home.ts';
import { analysisRows } from './analysis-rows.ts';
import { annotationRows } from './annotation-rows.ts';
import { connectInspected, connectReader, connectWriter, inspectStore, storeExists } from './connection.ts';
import { withWritableCopy } from './connect-unwritable.ts';
import { copyRows } from './copy-rows.ts';
import { figureRows } from './figure-rows.ts';
import { histogramRows } from './histogram-rows.ts';
import { machineRows } from './machine-rows.ts';
import { identityRows } from './identity-rows.ts';
import { importRows } from './import-rows.ts';
import { networkRows } from './network-rows.ts';
import { latestVersion, migrate, storeVersion, type Migration } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openedRows } from './opened-rows.ts';
import { pointRows } from './point-rows.ts';
import { resultRows } from './result-rows.ts';
import { interruptRunningRuns, runRows, unfinishedRuns } from './run-rows.ts';
import { explained, explaining, isRefusedWriting } from './sqlite-problem.ts';
import { DEFAULT_HOLDER, noteHolder } from './lease.ts';
import { showDeadRunsAsInterrupted } from './running-as-seen.ts';
import { lockStore } from './store-lock.ts';
import { dropSomeStaged } from './stage-study.ts';
import { stagedRows } from './staged-rows.ts';
import type { Store } from './store.ts';
import { studyRows } from './study-rows.ts';
import { tableRows } from './table-rows.ts';
import { singleRunRows } from './single-run-rows.ts';
import { logSyncer } from './sync-log.ts';
import { trashRows } from './trash-rows.ts';
import { viewRows } from './view-rows.ts';
import { notThisStore } from './another-store.ts';

export interface OpenOptions {
  /**
   * `read`: beside any other process, writing nothing.
   * `schedule`: alone; makes the store if missing, and turns runs that a dead process left `running` into
   * `interrupted`.
   */
  readonly purpose: 'read' | 'schedule';
  /** Who schedules, as others are told who want to do so too, e.g. `kindling serve`. */
  readonly holder?: string;
  /** Folder of the runs' checkpoints: the home's. Default: `artifacts` beside the store, as for the home's own store. */
  readonly artifactsRoot?: string;
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
  const artifactsRoot = options.artifactsRoot ?? artifactsFolder(dirname(path));
  return explained(path, () =>
    options.purpose === 'read'
      ? openForReading(path, artifactsRoot, migrations)
      : openForScheduling(path, artifactsRoot, migrations, options.holder ?? DEFAULT_HOLDER),
  );
}

function openForReading(file: string, artifactsRoot: string, migrations: readonly Migration[]): Store {
  if (!storeExists(file)) {
    throw notThisStore('not-found', `There is no store at ${file} yet: run a study first, or `);
  }
  const database = connectUpToDate(file, artifactsRoot, migrations);
  showDeadRunsAsInterrupted(database, file);
  database.pragma('query_only = ON');
  return assemble(file, artifactsRoot, database, () => undefined);
}

/** An older store is brought up to date first: itself, or where it cannot be written a copy. */
function connectUpToDate(
  file: string,
  artifactsRoot: string,
  migrations: readonly Migration[],
): Database.Database {
  const database = connectInspected(file, migrations);
  if (storeVersion(database) === latestVersion(migrations)) return database;
  database.close();
  try {
    openForScheduling(file, artifactsRoot, migrations, DEFAULT_HOLDER).close();
  } catch (error) {
    if (!isRefusedWriting(error)) throw error;
    return withWritableCopy(file, (copy) => {
      const migrated = connectWriter(copy);
      migrate(migrated, migrations);
      return migrated;
    });
  }
  return connectReader(file);
}

function openForScheduling(
  file: string,
  artifactsRoot: string,
  migrations: readonly Migration[],
  holder: string,
): Store {
  mkdirSync(dirname(file), { recursive: true });
  if (storeExists(file)) inspectStore(file, migrations, false);
  const lock = lockStore(file);
  try {
    if (storeExists(file)) inspectStore(file, migrations, true);
    const database = connectWriter(file);
    try {
      migrate(database, migrations);
      noteHolder(database, holder);
      while (dropSomeStaged(database));
      removeUnfinishedCopies(file);
      interruptRunningRuns(database);
      // checkpoints that their trainers had not written to the end; one may have been at it still when the start before looked
      const findFolder = runFolderFinder(artifactsRoot, file);
      for (const run of unfinishedRuns(database)) removeUnfinished(findFolder(run));
      // gathers the planner's statistics where they are missing or old; without them it may choose the wrong index
      database.pragma('optimize = 0x10002');
    } catch (error) {
      database.close();
      throw error;
    }
    return assemble(file, artifactsRoot, database, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

function assemble(
  file: string,
  artifactsRoot: string,
  database: Database.Database,
  release: () => void,
): Store {
  const findFolder = runFolderFinder(artifactsRoot, file);
  return explaining(
    {
      file,
      artifactsRoot,
      ...studyRows(database),
      ...importRows(database),
      ...stagedRows(database),
      ...copyRows(database),
      ...openedRows(database),
      runFolder: findFolder,
      ...runRows(database, findFolder),
      ...pointRows(database),
      ...histogramRows(database),
      ...machineRows(database),
      ...resultRows(database),
      ...tableRows(database, findFolder),
      ...annotationRows(database, findFolder),
      ...viewRows(database),
      ...figureRows(database),
      ...trashRows(database),
      ...singleRunRows(database),
      ...analysisRows(database),
      ...networkRows(database),
      ...identityRows(database),
      toDisk: logSyncer(database),
      close: () => {
        if (!database.open) return;
        try {
          // keeps the planner's statistics fresh for readers
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
