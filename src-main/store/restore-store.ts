import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Restored } from '../../src-shared/contract/api/store-files.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { unfinishedPath } from '../files/unfinished-files.ts';
import { freeName, removeUnfinishedCopies } from './backup-store.ts';
import { inspectStore, intoOneFile, storeExists } from './connection.ts';
import { copyStore, type CopyOptions } from './copy-store.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { explained, explainError } from './sqlite-problem.ts';
import { lockStore } from './store-lock.ts';

/**
 * Puts a copy of a backup (or of any other store) in the place of the store. The present one is kept in the folder of
 * backups, whole or damaged. The caller has closed the store. A backup of an older format is brought up to date when
 * the store is opened; runs that were running when it was made are `interrupted` then.
 *
 * @throws Problem `not-found`, `usage` (it is the store itself), `store-damaged` (also for a file that is no Kindling
 *   store), `store-newer`, `store-busy` (another process schedules on the store or reads it), `disk-full`, or the
 *   signal's reason; the store is as it was then.
 */
export async function restoreStore(
  file: string,
  backup: string,
  options: CopyOptions = {},
): Promise<Restored> {
  const path = resolve(file);
  const source = resolve(backup);
  explained(source, () => {
    if (source === path) throw new Problem('usage', `${source} is the store itself: choose a backup of it.`);
    if (!storeExists(source)) throw new Problem('not-found', `There is no backup at ${source}.`);
    inspectStore(source, MIGRATIONS, false);
  });
  const lock = explained(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    return lockStore(path);
  });
  removeUnfinishedCopies(path);
  const incoming = unfinishedPath(path);
  try {
    const check = await copyStore(source, incoming, options);
    return explained(path, () => {
      const kept = existsSync(path) ? keep(path) : null;
      renameSync(incoming, path);
      return { check: { ...check, file: path }, kept };
    });
  } finally {
    rmSync(incoming, { force: true });
    lock.release();
  }
}

/**
 * Gives the store a second name among the backups. It keeps the first until another file takes that in one step, so
 * that there is a store at every moment.
 */
function keep(file: string): string {
  const kept = freeName(file, 'before-restore-');
  mkdirSync(dirname(kept), { recursive: true });
  try {
    intoOneFile(file);
  } catch (error) {
    const problem = explainError(error, file);
    // a store that is damaged is a reason to restore another one
    if (!(problem instanceof Problem && problem.code === 'store-damaged')) throw problem;
  }
  try {
    linkSync(file, kept);
  } catch {
    // a file system without hard links
    const unfinished = unfinishedPath(kept);
    copyFileSync(file, unfinished);
    renameSync(unfinished, kept);
  }
  // left over only by a damaged store; beside the new one it would damage that too
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${kept}-wal`);
  rmSync(`${file}-shm`, { force: true });
  return kept;
}
