import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { PartPlace } from '../../../src-shared/datasets/import-options.ts';
import { byCodeUnit, firstOf } from './words.ts';

/** What a folder's name says about the part that its pictures belong to. */
export type FolderPart = 'training' | 'validation' | 'test' | 'left out';

const NAMES: ReadonlyMap<string, FolderPart> = new Map([
  ['train', 'training'],
  ['training', 'training'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
]);

/**
 * The part of a folder by its name; null for a name that is none of a part.
 * @param test the name of the test part's folder, if it was given: others of such a name are then left out
 */
export function folderPart(name: string, test: string | null): FolderPart | null {
  const lower = name.toLowerCase();
  if (test !== null && lower === test.toLowerCase()) return 'test';
  const part = NAMES.get(lower) ?? null;
  return test !== null && part === 'test' ? 'left out' : part;
}

/** At which depth of a picture's folders its class and its part stand. */
export interface Layout {
  /** Folders that all pictures share. */
  readonly shared: readonly string[];
  readonly classAt: number;
  /** Null where no folder names a part. */
  readonly partAt: number | null;
}

export interface LayoutOptions {
  /** Null: to be found out. */
  readonly parts: PartPlace | null;
  /** Name of the folder of the test part; null for those of the usual names. */
  readonly test: string | null;
}

/**
 * Finds out where the classes stand: in the first folders that pictures do not share, or in those below, if the first ones
 * have nothing but names of parts. What may mean two things is asked, not guessed.
 * @param paths the folders of each picture, from the outside in
 * @throws Problem `data-invalid` with the choices
 */
export function findLayout(
  paths: readonly (readonly string[])[],
  options: LayoutOptions,
  source: string,
): Layout {
  const shared = sharedFolders(paths);
  const level = new Level(paths, shared.length, options.test);
  const below = new Level(paths, shared.length + 1, options.test);
  const above: Layout = { shared, classAt: shared.length + 1, partAt: shared.length };
  const none: Layout = { shared, classAt: shared.length, partAt: null };
  const ask = (what: string): Problem => new Problem('data-invalid', `${source}: ${what}`);
  switch (options.parts) {
    case 'none':
      return none;
    case 'above':
      if (level.isOfParts()) return above;
      throw ask(`--parts above: the folders ${level.others()} do not have names of parts (train, val, test)`);
    case 'below':
      if (below.isOfParts()) return { ...none, partAt: shared.length + 1 };
      throw ask(
        `--parts below: the class folders contain ${below.others() || 'images'}, not only folders of parts (train, val, test)`,
      );
    case null:
      break;
  }
  if (shared.some((name) => ['test', 'left out'].includes(folderPart(name, options.test) ?? '')))
    throw ask(
      `all images are in the folder ${shared.join('/')}: if it only has that name and is not a test part, add --parts none`,
    );
  if (level.isOfParts()) {
    if (below.names.size > 0) return above;
    throw ask(
      `the folders ${level.parts()} contain images, but no class folders. If they are the classes, add --parts none; if they are parts, put the images of each class into a folder of its own inside them`,
    );
  }
  if (level.hasParts() && level.partsHoldFolders())
    throw ask(
      `${level.parts()} may be parts, but ${level.others()} next to them are not. If all of them are classes, add --parts none; if not, move the others elsewhere`,
    );
  if (below.isOfParts())
    throw ask(
      `each class contains the folders ${below.parts()}. If these are the parts, add --parts below; if they are ordinary folders, add --parts none`,
    );
  return none;
}

/** The names of the pictures' folders at one depth. */
class Level {
  readonly names: ReadonlySet<string>;
  readonly #paths: readonly (readonly string[])[];
  readonly #depth: number;
  readonly #test: string | null;

  constructor(paths: readonly (readonly string[])[], depth: number, test: string | null) {
    this.#paths = paths;
    this.#depth = depth;
    this.#test = test;
    this.names = new Set(paths.flatMap((folders) => folders[depth] ?? []));
  }

  /** Every picture lies in a folder here, each of which is one of a part. */
  isOfParts(): boolean {
    return (
      this.names.size > 0 &&
      [...this.names].every((name) => this.#isPart(name)) &&
      this.#paths.every((folders) => folders.length > this.#depth)
    );
  }

  hasParts(): boolean {
    return [...this.names].some((name) => this.#isPart(name));
  }

  partsHoldFolders(): boolean {
    return this.#paths.some(
      (folders) => folders.length > this.#depth + 1 && this.#isPart(folders[this.#depth] ?? ''),
    );
  }

  parts(): string {
    return firstOf([...this.names].filter((name) => this.#isPart(name)).sort(byCodeUnit));
  }

  others(): string {
    return firstOf([...this.names].filter((name) => !this.#isPart(name)).sort(byCodeUnit));
  }

  #isPart(name: string): boolean {
    return folderPart(name, this.#test) !== null;
  }
}

function sharedFolders(paths: readonly (readonly string[])[]): string[] {
  const [first = []] = paths;
  let depth = 0;
  while (depth < first.length && paths.every((folders) => folders[depth] === first[depth])) depth += 1;
  return first.slice(0, depth);
}
