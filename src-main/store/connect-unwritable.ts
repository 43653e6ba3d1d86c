import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  rmSync,
  statSync,
  type BigIntStats,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import Database from '../files/sqlite.ts';

/** What SQLite has beside a store that it has not yet written into it. */
const LOGS = ['-wal', '-journal'] as const;

/** How often a copy is begun again because the store was written meanwhile. */
const ATTEMPTS = 3;

/**
 * Opens a store for reading where nothing can be written beside it, as SQLite would: on a read-only file system, or in a
 * folder of somebody else. Nobody else writes to it as far as can be known.
 *
 * @throws Problem `usage` where what was written last may not be read, `store-busy` where it is being written all the time
 */
export function connectUnwritable(file: string): Database.Database {
  const hasLog = LOGS.some((suffix) => (statSync(file + suffix, { throwIfNoEntry: false })?.size ?? 0) > 0);
  if (!hasLog)
    return new Database(`${pathToFileURL(file).href}?immutable=1`, { readonly: true, fileMustExist: true });
  return withWritableCopy(file, (copy) => {
    const database = new Database(copy, { fileMustExist: true });
    // Now it has its files open, and needs their names no more.
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  });
}

/**
 * Copies a store with its logs into a folder of its own, which is gone when `use` returns.
 * @throws Problem as `connectUnwritable`
 */
export function withWritableCopy<T>(file: string, use: (copy: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-read-'));
  try {
    const copy = join(folder, basename(file));
    copyAtRest(file, copy);
    return use(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyAtRest(file: string, copy: string): void {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = marksOf(file);
    rmSync(copy, { force: true });
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
    chmodSync(copy, 0o600);
    for (const suffix of LOGS) copyLog(file, copy, suffix);
    if (marksOf(file) === before) return;
  }
  throw new Problem(
    'store-busy',
    `The store ${file} is being written, and reading it meanwhile needs files next to it, which cannot be written. Ask its owner for a backup (\`kindling store backup\`), or try again later.`,
  );
}

function copyLog(file: string, copy: string, suffix: string): void {
  rmSync(copy + suffix, { force: true });
  if (!existsSync(file + suffix)) return;
  try {
    copyFileSync(file + suffix, copy + suffix);
  } catch (error) {
    throw new Problem(
      'usage',
      `The store ${file} cannot be read: its latest changes are in ${file}${suffix}, which cannot be read (${(error as Error).message}). Ask its owner for a backup (\`kindling store backup\`), or for permission to read that file.`,
      { cause: error },
    );
  }
}

/** Times and sizes, which change when somebody writes. */
function marksOf(file: string): string {
  const stats = ['', ...LOGS].map((suffix) =>
    statSync(file + suffix, { bigint: true, throwIfNoEntry: false }),
  );
  return stats.map((each: BigIntStats | undefined) => `${each?.mtimeNs}:${each?.size}`).join(' ');
}
