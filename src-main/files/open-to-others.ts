import { statSync } from 'node:fs';
import path from 'node:path';

/** Everybody may read, or (a folder) pass. */
const [READ, PASS] = [0o004, 0o001];

/** Whether every user of this machine can read a file or list a folder: it lets them, and so do all folders above. */
export function isOpenToOthers(file: string): boolean {
  if (process.platform === 'win32') return false;
  const resolved = path.resolve(file);
  if (!allows(resolved, READ)) return false;
  for (let folder = path.dirname(resolved); ; folder = path.dirname(folder)) {
    if (!allows(folder, PASS)) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

function allows(file: string, permission: number): boolean {
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & permission) !== 0;
}
