import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { litterOf } from '../import/litter.ts';
import { FORMATS, isNamedPicture } from '../import/picture-signature.ts';

/**
 * The pictures in a folder and below, by their names' endings, as paths within it with `/`, in the order of their code
 * units. What systems leave in folders is passed over.
 * @throws Problem `not-found` for a folder that cannot be read, `usage` for one without a picture
 */
export function picturesIn(folder: string): string[] {
  const found = entriesOf(folder)
    .filter((path) => isNamedPicture(path) && litterOf(path) === null)
    .sort();
  if (found.length > 0) return found;
  throw new Problem('usage', `The folder ${folder} has no pictures (${FORMATS}), nor have those in it.`);
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  } catch (error) {
    throw new Problem('not-found', `The folder ${folder} cannot be read (${(error as Error).message}).`, {
      cause: error,
    });
  }
}

/**
 * Pictures that are named, and in their place all pictures of folders that are.
 * @throws Problem `not-found` for what is not there, `usage` for a folder without a picture
 */
export function namedPictures(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) throw new Problem('not-found', `There is no picture or folder ${path}.`);
    return found.isDirectory() ? picturesIn(path).map((file) => join(path, file)) : [path];
  });
}
