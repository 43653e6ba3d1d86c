import { Problem } from '../../src-shared/mistakes/problem.ts';

/**
 * A name that a store holds, where it is to become part of a path: of a file in a folder, and nothing above or below it.
 * @throws Problem `store-damaged` for any other: a store of somebody else may hold `../../.ssh/config`
 */
export function plainName(name: string): string {
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name)) return name;
  throw new Problem(
    'store-damaged',
    `The store names a file ${JSON.stringify(name)}, which Kindling never does: it was written by another program. That file is neither read nor written.`,
  );
}
