import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { unfinishedPath } from '../../../../files/unfinished-files.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import type { BindingPlan } from './compile-binding.ts';
import { type Compiled, libraryOf } from './engine-library.ts';

/**
 * Has something compiled and tried in a folder beside its place and then moved there, unless it is there. Where that fails what
 * was there before serves; why is noted in `refusalOf(place)`, so that it is not tried at every start, unless there was no compiler.
 * @param compile writes the output of the plan and tries it
 * @throws Problem `engine-invalid` if the engine's library is gone; the reason of an abort
 */
export async function compileAside(
  place: string,
  engine: Compiled,
  { signal }: InstallOptions,
  compile: (plan: BindingPlan) => Promise<void>,
): Promise<void> {
  if (existsSync(place) || existsSync(refusalOf(place))) return;
  const library = libraryOf(engine);
  const folder = unfinishedPath(place);
  // a name that Node takes for a module's
  const output = join(folder, 'compiled.node');
  try {
    mkdirSync(folder);
    await compile({ ...library, output });
    renameSync(output, place);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof Problem && error.code === 'engine-missing')) note(refusalOf(place), error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where it is noted why what belongs in this place could not be compiled. */
export function refusalOf(place: string): string {
  return `${place}.failed`;
}

function note(file: string, error: unknown): void {
  try {
    writeFileSync(file, error instanceof Error ? error.message : String(error));
  } catch {
    // Where nothing can be written, nothing can be compiled the next time either.
  }
}
