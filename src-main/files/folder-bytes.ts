import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The sizes of all files in a folder and below, in bytes; what a symbolic link points at is not counted. */
export function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((total, entry) => total + statSync(join(entry.parentPath, entry.name)).size, 0);
}
