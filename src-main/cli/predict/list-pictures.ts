import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';

const PICTURE = /\.(jpe?g|png|webp|gif|tiff?|avif)$/i;

/**
 * Files as they are given, and the pictures in folders and the folders in these, by name.
 * @throws Problem `not-found` for what is not there, `usage` for a folder without pictures
 */
export function listPictures(given: readonly string[]): string[] {
  return given.flatMap((path) => {
    if (!isFolder(path)) return [path];
    const found = readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => PICTURE.test(name))
      .sort();
    if (found.length === 0)
      throw new Problem('usage', `The folder ${path} has no pictures: JPEG, PNG or WebP files.`);
    return found.map((name) => join(path, name));
  });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new Problem('not-found', `${path} cannot be read (${(error as Error).message}).`, { cause: error });
  }
}
