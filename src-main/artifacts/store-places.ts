import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { readIdentity } from '../store/identity-rows.ts';
import { writeWhole } from '../files/write-whole.ts';

/** Which file the store of an identity is, as far as a folder of artifacts knows. */
interface StorePlace {
  /** From the folder of artifacts, so that a home can be moved as a whole. */
  readonly file: string;
  /** Device and inode: a file that was only renamed keeps them. */
  readonly node: string;
}

const placeSchema = z.object({ file: z.string(), node: z.string() });
const identitySchema = z.uuid();

/** Whether the store that folders of this identity belong to may be another file than this one, which is a copy then. */
export function isAnothers(root: string, identity: string, storeFile: string): boolean {
  if (!identitySchema.safeParse(identity).success) return true;
  const known = readPlace(root, identity);
  if (known === null) return false;
  if (known === 'damaged') return true;
  const there = resolve(realpathSync(root), known.file);
  if (existsSync(there)) {
    if (nodeOf(there) === nodeOf(storeFile)) return false;
    if (hasIdentity(there, identity)) return true;
  }
  return known.node !== nodeOf(storeFile);
}

/** Notes that the store of this identity is this file. */
export function notePlace(root: string, identity: string, storeFile: string): void {
  const place: StorePlace = {
    file: relative(realpathSync(root), realpathSync(storeFile)),
    node: nodeOf(storeFile),
  };
  const known = readPlace(root, identity);
  if (known !== null && known !== 'damaged' && known.file === place.file && known.node === place.node) return;
  writeWhole(placeFile(root, identity), `${JSON.stringify(place)}\n`, { flushed: true });
}

function placeFile(root: string, identity: string): string {
  return join(root, '.stores', identity);
}

function readPlace(root: string, identity: string): StorePlace | 'damaged' | null {
  const file = placeFile(root, identity);
  if (!existsSync(file)) return null;
  try {
    return placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return 'damaged';
  }
}

function hasIdentity(file: string, identity: string): boolean {
  try {
    return readIdentity(file) === identity;
  } catch {
    // It may be the one: then its folders are not ours.
    return true;
  }
}

function nodeOf(file: string): string {
  const { dev, ino } = statSync(file, { bigint: true });
  return `${dev}:${ino}`;
}
