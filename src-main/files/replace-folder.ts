import { existsSync, renameSync, rmSync } from 'node:fs';
import { replacedPath } from './unfinished-files.ts';

/**
 * Moves a folder that is whole to its place. One that is there already steps aside for a moment, as a folder cannot be
 * renamed onto another; `removeUnfinished` puts it back if the process ends in that moment.
 * @param unfinished from `unfinishedPath`
 * @throws an error of the file system, also where another process was faster; that one's folder is there then
 */
export function replaceFolder(unfinished: string, folder: string): void {
  if (!existsSync(folder)) return renameSync(unfinished, folder);
  const aside = replacedPath(folder);
  renameSync(folder, aside);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) renameSync(aside, folder);
    throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
