import { constants, copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '../../src-shared/studies/trainer-protocol.ts';
import { isWholeFile } from '../files/file-checksum.ts';
import { plainName } from '../files/plain-name.ts';
import { unfinishedPath } from '../files/unfinished-files.ts';
import { wholeFiles } from './former-attempts.ts';
import { codeOf, patiently } from './patiently.ts';
import { DamagedFile } from './spool-files.ts';

/**
 * Brings the files that a result names into the folder of its run: by a rename, or where that is on another disk whole or not at all.
 * What was brought before stays, so that it may be done again after it was cut off.
 * @throws DamagedFile where one is not what the result says; an error of the file system
 */
export async function collectArtifacts(
  from: string,
  to: string,
  artifacts: readonly Artifact[],
): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const artifact of artifacts) {
    const file = plainName(artifact.file);
    if (await patiently(() => isWholeFile(join(to, file), artifact))) continue;
    if (!(await patiently(() => isWholeFile(join(from, file), artifact))))
      throw new DamagedFile(join(from, file), 'it is not what its result says');
    await moveFile(join(from, file), join(to, file));
  }
}

/** Brings the resume checkpoints of a run that was stopped, so that it goes on from there. */
export async function collectResumeCheckpoints(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const file of await wholeFiles(from)) await moveFile(join(from, file), join(to, file));
}

async function moveFile(from: string, to: string): Promise<void> {
  try {
    await patiently(() => rename(from, to));
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await copyWhole(from, to);
  }
}

async function copyWhole(from: string, to: string): Promise<void> {
  const own = unfinishedPath(to);
  try {
    await patiently(() => copyFile(from, own, constants.COPYFILE_FICLONE));
    const handle = await open(own, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(own, to);
  } finally {
    await rm(own, { force: true });
  }
}
