import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes the sets of decoded pictures but those that were made last: they can be decoded again.
 * @param root folder of the sets
 */
export function forgetPictures(root: string, kept: number): void {
  const sets = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => ({ path: join(root, name), made: statSync(join(root, name)).mtimeMs }))
    .toSorted((one, other) => other.made - one.made);
  for (const { path } of sets.slice(kept)) rmSync(path, { recursive: true, force: true });
}
