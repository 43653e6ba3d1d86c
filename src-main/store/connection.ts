import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { connectUnwritable } from './connect-unwritable.ts';
import { keepStatements } from './kept-statements.ts';
import { APPLICATION_ID, latestVersion, storeVersion, type Migration } from './migrate.ts';
import { damaged, isRefusedWriting, notADatabase } from './sqlite-problem.ts';
import Database from '../files/sqlite.ts';
import { notThisStore } from './another-store.ts';

/** Milliseconds to wait for another connection's transaction. */
const BUSY_TIMEOUT = 5000;
const HEADER = 'SQLite format 3\0';

/** Whether this process may write a store and what SQLite needs beside it; yes where there is no store yet. */
export function canBeWritten(file: string): boolean {
  if (!existsSync(file)) return true;
  try {
    for (const each of [file, dirname(file)]) accessSync(each, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether there is a file with something in it. */
export function storeExists(file: string): boolean {
  return existsSync(file) && readStart(file).length > 0;
}

/**
 * Opens an existing store for reading only; the file is not written, and nothing beside it need be.
 * @throws Problem as `connectUnwritable`
 */
export function connectReader(file: string): Database.Database {
  return keepStatements(connectInPlace(file) ?? connectUnwritable(file));
}

/** As SQLite reads by itself, beside those who write; null where it would have to write beside the store and may not. */
function connectInPlace(file: string): Database.Database | null {
  let database: Database.Database | null = null;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database?.close();
    if (isRefusedWriting(error)) return null;
    throw error;
  }
}

/** Opens a store for writing; makes the file and its folder if missing. */
export function connectWriter(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: BUSY_TIMEOUT });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  return keepStatements(database);
}

/**
 * Writes what is still in the log beside the store into the store, so that it is one file. Throws while others have
 * it open.
 */
export function intoOneFile(file: string): void {
  const database = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT });
  try {
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
}

/**
 * Opens an existing file for reading only, and sees whether it is a store of a format that is known, with all its tables or
 * without any.
 *
 * @throws Problem `store-damaged` for a file that is no database or another program's, `store-newer` for one of a later
 *   Kindling, those of `connectReader`
 */
export function connectInspected(file: string, migrations: readonly Migration[]): Database.Database {
  if (readStart(file) !== HEADER) throw notADatabase(file);
  const database = connectReader(file);
  try {
    const version = storeVersion(database);
    const application = database.pragma('application_id', { simple: true });
    const tables =
      database.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0;
    if (application !== APPLICATION_ID && (application !== 0 || version !== 0 || tables > 0)) {
      throw notThisStore(
        'store-damaged',
        `${file} is a SQLite database of another program, not a Kindling store. It was left untouched; `,
      );
    }
    if (version > latestVersion(migrations)) {
      throw notThisStore(
        'store-newer',
        `The store ${file} was made by a newer Kindling (format ${version}, this one reads up to ${latestVersion(migrations)}). Update Kindling, or `,
      );
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * The same, of a file that is not read further now.
 * @param thorough looks at every page, too
 */
export function inspectStore(file: string, migrations: readonly Migration[], thorough: boolean): void {
  const database = connectInspected(file, migrations);
  try {
    if (thorough) checkIntegrity(database, file);
  } finally {
    database.close();
  }
}

function checkIntegrity(database: Database.Database, file: string): void {
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok')
    throw damaged(
      file,
      String(verdict)
        .replace(/^\*{3}.*\n/, '')
        .replaceAll('\n', '; '),
    );
}

function readStart(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEADER.length);
    const count = readSync(descriptor, bytes, 0, HEADER.length, 0);
    return bytes.toString('latin1', 0, count);
  } finally {
    closeSync(descriptor);
  }
}
