import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { litterOf } from '../import/litter.ts';
import { FORMATS, isNamedPicture, isUnreadPicture } from '../import/picture-signature.ts';
import { tellUnread } from '../import/tell-passed-over.ts';

/** Files by their names' endings. */
export interface FoundPictures {
  /** Of formats that are read. */
  readonly pictures: readonly string[];
  /** Of others. */
  readonly unread: readonly string[];
}

/**
 * The pictures in a folder and below, as paths within it with `/`, in the order of their code units. What systems leave in
 * folders is passed over.
 * @throws Problem `not-found` for a folder that cannot be read, `usage` for one without a picture that is read
 */
export function picturesIn(folder: string): FoundPictures {
  const files = entriesOf(folder)
    .filter((path) => litterOf(path) === null)
    .sort();
  const [pictures, unread] = [files.filter(isNamedPicture), files.filter(isUnreadPicture)];
  if (pictures.length > 0) return { pictures, unread };
  const none = `The folder ${folder} has no pictures (${FORMATS}), nor have those in it.`;
  throw new Problem('usage', [none, ...tellUnread(unread).map(({ text }) => text)].join(' '));
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new Problem('not-found', `There is no folder ${folder}.`, { cause: error });
    throw new Problem('not-found', `The folder ${folder} cannot be read (${(error as Error).message}).`, {
      cause: error,
    });
  }
}

/**
 * Pictures that are named, and in their place all pictures of folders that are.
 * @throws Problem `not-found` for what is not there, `usage` for a folder without a picture
 */
export function namedPictures(paths: readonly string[]): FoundPictures {
  const found = paths.map((path): FoundPictures => {
    const entry = statSync(path, { throwIfNoEntry: false });
    if (entry === undefined) throw new Problem('not-found', `There is no picture or folder ${path}.`);
    if (!entry.isDirectory()) return { pictures: [path], unread: [] };
    const { pictures, unread } = picturesIn(path);
    const within = (file: string): string => join(path, file);
    return { pictures: pictures.map(within), unread: unread.map(within) };
  });
  return {
    pictures: found.flatMap(({ pictures }) => pictures),
    unread: found.flatMap(({ unread }) => unread),
  };
}
