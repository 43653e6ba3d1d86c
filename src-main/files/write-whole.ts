import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { removeUnfinished, unfinishedPath } from './unfinished-files.ts';

/**
 * Writes a file, whose folder is made if missing: it is there whole or as it was before, whenever the process or the
 * machine stops.
 * @param chunks its content, in pieces where it is large
 */
export function writeWhole(file: string, ...chunks: readonly (string | Uint8Array)[]): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  removeUnfinished(folder);
  const unfinished = unfinishedPath(file);
  try {
    const handle = openSync(unfinished, 'wx');
    try {
      for (const chunk of chunks) writeFileSync(handle, chunk);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
