import { mkdirSync, rmSync } from 'node:fs';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { unfinishedPath } from '../../../../files/unfinished-files.ts';
import type { InstallOptions } from '../../../installations/progress.ts';

/**
 * Has something compiled, tried and moved to its place from a folder beside it, which is gone afterwards. Where that fails
 * what was there before serves; the failure is noted, so that it is not tried at every start, unless there was no compiler.
 * @param compile is given the folder
 * @param note writes why it failed
 * @throws only the reason of an abort
 */
export async function compileAside(
  place: string,
  { signal }: InstallOptions,
  compile: (folder: string) => Promise<void>,
  note: (error: unknown) => void,
): Promise<void> {
  const folder = unfinishedPath(place);
  try {
    mkdirSync(folder);
    await compile(folder);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof Problem && error.code === 'engine-missing')) noted(() => note(error));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function noted(write: () => void): void {
  try {
    write();
  } catch {
    // Where nothing can be written, nothing can be compiled the next time either.
  }
}
