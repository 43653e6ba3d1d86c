import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, with those that it lies in, where a person chose the place: Node's own way of making several never returns in `/proc`.
 * @throws an error of the file system
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // another process was faster
    if (!existsSync(folder)) throw error;
  }
}
