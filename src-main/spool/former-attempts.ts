import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { giveSecondName } from '../files/second-name.ts';
import { unlessMissing } from './patiently.ts';
import { RunReader } from './follow-run.ts';
import { type AttemptPlace, attemptNumbers, attemptPlace } from './spool-places.ts';

/**
 * Gives an attempt the files of those before it, of the latest the latest: their resume checkpoints, and the checkpoints that a
 * training from there on no longer writes. The files are one until a trainer replaces its own, which leaves the others as they are.
 */
export async function takeOver(spool: string, run: string, attempt: AttemptPlace): Promise<void> {
  await mkdir(attempt.artifacts, { recursive: true });
  for (const number of (await attemptNumbers(spool, run)) ?? []) {
    if (number >= attempt.number) continue;
    const { artifacts } = attemptPlace(spool, run, number);
    for (const file of await wholeFiles(artifacts))
      // one that a writer removes meanwhile (the last two resume checkpoints are kept) is not wanted any more
      await unlessMissing(() => giveSecondName(join(artifacts, file), join(attempt.artifacts, file)));
  }
}

/** The last step of which the attempts of a run before this one have told, and that is still true. */
export async function lastToldStep(spool: string, run: string, before: number): Promise<number> {
  const reader = new RunReader(spool, run, before);
  await reader.read();
  return reader.lastStep;
}

/** Files that have their name, in a folder that may not be there. */
export async function wholeFiles(folder: string): Promise<string[]> {
  const entries = (await unlessMissing(() => readdir(folder, { withFileTypes: true }))) ?? [];
  return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
}
