import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderBytes } from '../files/folder-bytes.ts';
import { writeProblem } from '../files/write-problem.ts';
import { writeWhole } from '../files/write-whole.ts';
import { storeFile } from '../home.ts';
import type { Store } from '../store/store.ts';
import { isAnothers, notePlace } from './store-places.ts';

/** In each run's folder: the identity of the store that the run was begun in. */
const OWNER = 'owner';

/** What became of the folder of a deleted run. */
export interface Removal {
  readonly folder: string;
  readonly freedBytes: number;
  /** Why it was left; null where it is gone. */
  readonly left: string | null;
}

/**
 * Makes the folder for the files of a run that begins or goes on, marked as this store's.
 * @throws Problem `disk-full`, or `usage` where it cannot be written
 */
export function beginRunFolder(store: Store, run: string): void {
  const folder = store.runFolder(run);
  try {
    writeWhole(join(folder, OWNER), `${ownIdentity(store, dirname(folder))}\n`, { flushed: true });
  } catch (error) {
    throw writeProblem(
      error,
      folder,
      'It is needed for checkpoints of the run: free some space, or check its permissions.',
    );
  }
}

/** Whether the files of a run are the store's own, to be written and removed, or none are there. */
export function ownsRunFolder(store: Store, run: string): boolean {
  const folder = store.runFolder(run);
  return !existsSync(folder) || isOwn(store, folder);
}

/**
 * Removes the folders of the store's deleted runs. One that does not bear the identity of the store is left: a copy of a
 * store knows the same runs, but their folders are the original's. So is whatever is no folder of a run in the folder of
 * artifacts itself; no link is followed. What cannot be removed now is tried again the next time.
 *
 * @throws Problem `store-damaged` for a run of no name that Kindling gives
 */
export async function removeRunFolders(store: Store): Promise<Removal[]> {
  const removals: Removal[] = [];
  for (const run of store.removals()) {
    const folder = store.runFolder(run);
    try {
      removals.push(await removeRunFolder(store, folder));
      store.endRemoval(run);
    } catch (error) {
      removals.push({ folder, freedBytes: 0, left: (error as Error).message });
    }
  }
  return removals;
}

async function removeRunFolder(store: Store, folder: string): Promise<Removal> {
  const kind = lstatSync(folder, { throwIfNoEntry: false });
  if (kind === undefined) return { folder, freedBytes: 0, left: null };
  if (!kind.isDirectory()) return { folder, freedBytes: 0, left: 'it is not a folder' };
  if (!isOwn(store, folder)) {
    return { folder, freedBytes: 0, left: 'it belongs to another store; this one may be a copy of it' };
  }
  const freedBytes = folderBytes(folder);
  // the mark last: cut off in the middle, the rest is still known to be ours
  for (const name of readdirSync(folder)) {
    if (name !== OWNER) await rm(join(folder, name), { recursive: true, force: true });
  }
  await rm(folder, { recursive: true, force: true });
  return { folder, freedBytes, left: null };
}

/** Folders from before they were marked are the home's own store's: of the home in which they lie. */
function isOwn(store: Store, folder: string): boolean {
  const root = realpathSync(dirname(folder));
  const mark = join(folder, OWNER);
  if (existsSync(mark)) return readFileSync(mark, 'utf8').trim() === ownIdentity(store, root);
  const homesStore = storeFile(dirname(root));
  return existsSync(homesStore) && realpathSync(homesStore) === realpathSync(store.file);
}

/** The store's identity; another one than before where the store turns out to be a copy by what a folder of artifacts knows. */
function ownIdentity(store: Store, root: string): string {
  mkdirSync(root, { recursive: true });
  const known = store.identity();
  const identity = isAnothers(root, known, store.file) ? store.renewIdentity() : known;
  notePlace(root, identity, store.file);
  return identity;
}
