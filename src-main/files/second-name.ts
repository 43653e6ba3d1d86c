import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unfinishedPath } from './unfinished-files.ts';

/**
 * Gives a file that is replaced and never changed a second name, in the place of what has it; where the file system knows no second names,
 * a copy has it. The folder of the name is made if missing. Whenever the process stops, what has the name is whole.
 */
export async function giveSecondName(file: string, name: string): Promise<void> {
  await mkdir(dirname(name), { recursive: true });
  const unfinished = unfinishedPath(name);
  try {
    await link(file, unfinished).catch(() => copyFile(file, unfinished));
    await rename(unfinished, name);
  } finally {
    // two names of one file are left as they are by a rename of one to the other
    await rm(unfinished, { force: true });
  }
}
