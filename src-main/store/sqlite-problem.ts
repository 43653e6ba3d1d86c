import { Problem } from '../../src-shared/mistakes/problem.ts';
import Database from '../files/sqlite.ts';
import { notThisStore } from './another-store.ts';

/** What the file system says of a path that cannot hold a store: no permission, a folder, a file as a folder. */
const UNUSABLE_PATHS = new Set(['EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR', 'EEXIST', 'ENOENT']);

/**
 * What an error of SQLite or of the file system means to the user; errors that are bugs come back as they are.
 *
 * @param file the store's path, for the message.
 */
export function explainError(error: unknown, file: string): unknown {
  const code = errorCode(error);
  const options = { cause: error };
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_IOERR_SHMSIZE') {
    return new Problem(
      'disk-full',
      `No space left on the disk of the store ${file}. No saved data is lost: free some space and start again.`,
      options,
    );
  }
  if (code === 'SQLITE_NOTADB') return notADatabase(file, options);
  if (code.startsWith('SQLITE_CORRUPT')) return damaged(file, (error as Error).message, options);
  if (code.startsWith('SQLITE_BUSY')) {
    return notThisStore(
      'store-busy',
      `The store ${file} is locked by another program. Wait for it to finish, or `,
      options,
    );
  }
  if (isRefusedWriting(error) || UNUSABLE_PATHS.has(code)) {
    return notThisStore(
      'usage',
      `The store ${file} cannot be opened or written (${(error as Error).message}). Check the folder and its permissions, or `,
      options,
    );
  }
  return error;
}

/** Whether SQLite may not write a file, or one that it needs beside it, or may not open it at all. */
export function isRefusedWriting(error: unknown): boolean {
  return /^SQLITE_(READONLY|CANTOPEN|PERM)/.test(errorCode(error));
}

/** Whether what a database holds is at fault, and not where it is written. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(errorCode(error));
}

export function notADatabase(file: string, options?: { cause?: unknown }): Problem {
  return notThisStore(
    'store-damaged',
    `${file} is not a Kindling store: it is not a SQLite database. It was left untouched; `,
    options,
  );
}

export function damaged(file: string, detail: string, options?: { cause?: unknown }): Problem {
  return new Problem(
    'store-damaged',
    `The store ${file} is damaged (${detail}). It was left untouched: restore a backup, or try "sqlite3 ${file} .recover".`,
    options,
  );
}

/** The same methods, with every error explained. */
export function explaining<T extends object>(methods: T, file: string): T {
  const wrapped = Object.entries(methods).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'function') return [name, value] as const;
    const method = value as (...parameters: unknown[]) => unknown;
    return [name, (...parameters: unknown[]) => explained(file, () => method(...parameters))] as const;
  });
  return Object.fromEntries(wrapped) as T;
}

/** Runs `action` with every error explained. */
export function explained<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explainError(error, file);
  }
}

function errorCode(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}
