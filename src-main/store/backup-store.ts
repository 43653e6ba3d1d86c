import { accessSync, constants, existsSync, globSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Backup } from '../../src-shared/contract/api/store-files.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { removeUnfinished } from '../files/unfinished-files.ts';
import { typedCommand } from '../typed-command.ts';
import { copyStore, type CopyOptions } from './copy-store.ts';
import { storeExists } from './connection.ts';
import { explained } from './sqlite-problem.ts';

export interface BackupOptions extends CopyOptions {
  /** A file that is not there yet; without it one in the folder of backups, named by the time. */
  readonly destination?: string;
}

/** Where the backups of a store lie, beside it. */
export function backupsFolder(file: string): string {
  return join(dirname(resolve(file)), 'backups');
}

/**
 * Writes a checked copy of the store; others may schedule on it meanwhile. What they commit after the beginning is
 * not in it.
 *
 * @throws Problem `not-found`, `usage` (the destination is there already), `store-damaged`, `store-newer`, `disk-full`,
 *   or the signal's reason; no file is left then.
 */
export async function backUpStore(file: string, options: BackupOptions = {}): Promise<Backup> {
  const path = resolve(file);
  removeUnfinishedCopies(path);
  const destination = options.destination === undefined ? freeName(path, '') : resolve(options.destination);
  explained(destination, () => {
    if (!storeExists(path))
      throw new Problem('not-found', `There is no store at ${path}: nothing to back up.`);
    if (existsSync(destination)) {
      throw new Problem('usage', `${destination} already exists: choose a new file name.`);
    }
  });
  makeFolder(dirname(destination), path);
  await copyStore(path, destination, options);
  return describe(destination);
}

/** @throws Problem `usage` where backups cannot be written */
function makeFolder(folder: string, store: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const what = `No backup can be written into ${folder} (${(error as Error).message})`;
    throw new Problem(
      'usage',
      `${what}: choose a file elsewhere, as in \`${typedCommand('store backup FILE', store)}\`.`,
      { cause: error, fact: `${what}: let Kindling write there.` },
    );
  }
}

/** Removes what killed backups and restores have left beside a store and among its backups. */
export function removeUnfinishedCopies(file: string): void {
  removeUnfinished(dirname(resolve(file)));
  removeUnfinished(backupsFolder(file));
}

/** The backups in the folder beside the store, the newest first. */
export function listBackups(file: string): Backup[] {
  const folder = backupsFolder(file);
  return globSync('*.sqlite', { cwd: folder })
    .map((name) => describe(join(folder, name)))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/**
 * A name in the folder of backups that is not taken, e.g. `kindling-2026-01-31T12-00-00.sqlite`.
 *
 * @param purpose is put before the time.
 */
export function freeName(file: string, purpose: string): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const stem = join(backupsFolder(file), `kindling-${purpose}${time}`);
  for (let number = 1; ; number++) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}.sqlite`;
    if (!existsSync(name)) return name;
  }
}

function describe(file: string): Backup {
  const { size, mtime } = statSync(file);
  return { file, bytes: size, createdAt: mtime.toISOString() };
}
