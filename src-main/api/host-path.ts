import os from 'node:os';
import path from 'node:path';
import { Problem } from '../../src-shared/mistakes/problem.ts';

/**
 * A path on this machine that was typed into the page, with `~` for the home folder.
 * @throws Problem `usage` for a relative one: the page has no folder of its own
 */
export function hostPath(typed: string): string {
  const trimmed = typed.trim();
  const full = /^~(?=$|[/\\])/.test(trimmed) ? path.join(os.homedir(), trimmed.slice(1)) : trimmed;
  if (path.isAbsolute(full)) return path.normalize(full);
  throw new Problem(
    'usage',
    `"${typed}" is not an absolute path on this machine; use one like ${path.join(os.homedir(), 'pictures')}.`,
  );
}
