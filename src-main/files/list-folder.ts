import { type Dirent, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type FolderEntry, type FolderListing, MOST_ENTRIES } from '../../src-shared/contract/api/folders.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';

export interface ListingWish {
  /** Part of the names, in any case. */
  readonly containing: string;
  /** Whether names that begin with a dot are listed, too. */
  readonly hidden: boolean;
}

const byName = new Intl.Collator('en', { numeric: true });

/**
 * What is in a folder, or in the folder of a file. Of a large one the first entries, sorted among all; only these are looked at,
 * besides links, which are sorted by what they lead to.
 * @param wanted an absolute path
 * @throws Problem `not-found` if nothing is there, `usage` if it may not be read
 */
export async function listFolder(
  wanted: string,
  { containing, hidden }: ListingWish,
): Promise<FolderListing> {
  const isFile = (await look(wanted)).isFile();
  const folder = isFile ? path.dirname(wanted) : wanted;
  const part = containing.toLowerCase();
  const all = await told(folder, () => readdir(folder, { withFileTypes: true }));
  const fitting = all.filter(({ name }) => name.toLowerCase().includes(part));
  const seen = hidden ? fitting : fitting.filter(({ name }) => !name.startsWith('.'));
  const kinds = await Promise.all(seen.map(async (entry) => ({ entry, kind: await kindOf(folder, entry) })));
  const sorted = kinds.toSorted(
    (one, other) =>
      Number(other.kind === 'folder') - Number(one.kind === 'folder') ||
      byName.compare(one.entry.name, other.entry.name),
  );
  const entries = sorted.slice(0, MOST_ENTRIES).map(async ({ entry, kind }): Promise<FolderEntry> => {
    const bytes = kind === 'file' ? ((await lookOrNull(path.join(folder, entry.name)))?.size ?? null) : null;
    return { name: entry.name, kind, isLink: entry.isSymbolicLink(), bytes };
  });
  const parent = path.dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    home: os.homedir(),
    file: isFile ? path.basename(wanted) : null,
    entries: await Promise.all(entries),
    matching: seen.length,
    hidden: fitting.length - seen.length,
  };
}

/** A link that leads nowhere, or where nobody may look, is neither. */
async function kindOf(folder: string, entry: Dirent): Promise<FolderEntry['kind']> {
  const found = entry.isSymbolicLink() ? await lookOrNull(path.join(folder, entry.name)) : entry;
  if (found?.isDirectory()) return 'folder';
  return found?.isFile() ? 'file' : 'other';
}

function look(place: string): Promise<Stats> {
  return told(place, () => stat(place));
}

function lookOrNull(place: string): Promise<Stats | null> {
  return stat(place).catch(() => null);
}

async function told<Result>(place: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new Problem('not-found', `There is no ${place} on the machine that runs Kindling.`, {
        cause: error,
      });
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    const reason = isForbidden ? `${os.userInfo().username}, who runs Kindling, may not` : message;
    throw new Problem('usage', `${place} cannot be read: ${reason}.`, { cause: error });
  }
}
