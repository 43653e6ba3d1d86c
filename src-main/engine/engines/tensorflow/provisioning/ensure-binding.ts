import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { unfinishedPath } from '../../../../files/unfinished-files.ts';
import { bindingOf } from '../../../installations/installation.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import {
  compileBinding,
  isCurrentBinding,
  namesSources,
  noteSources,
  sourcesFile,
} from './compile-binding.ts';
import { type Compiled, libraryOf } from './ensure-kernels.ts';
import { verifyBinding } from './verify.ts';

/**
 * Compiles the binding of an engine anew if that was done from other sources, and puts it in the place of the old one, which
 * processes that have it loaded keep. Where that fails the old one serves; it is tried again when the sources are others, or
 * there was no compiler.
 * @throws only the reason of an abort
 */
export async function ensureBinding(engine: Compiled, options: InstallOptions): Promise<void> {
  const binding = bindingOf(engine);
  if (isCurrentBinding(binding) || namesSources(refusal(binding))) return;
  const library = libraryOf(engine);
  const staging = unfinishedPath(binding);
  const output = join(staging, 'binding.node');
  try {
    mkdirSync(staging);
    await compileBinding({ ...library, output }, options);
    // its own paths to the library begin at its final place
    const libraryPath = [library.libraryFolder, ...engine.libraryPath];
    await verifyBinding(output, libraryPath, engine.kind, options);
    renameSync(output, binding);
    renameSync(sourcesFile(output), sourcesFile(binding));
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof Problem && error.code === 'engine-missing')) noteRefusal(binding);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function refusal(binding: string): string {
  return `${sourcesFile(binding)}.failed`;
}

function noteRefusal(binding: string): void {
  try {
    noteSources(refusal(binding));
  } catch {
    // Where nothing can be written, nothing can be compiled the next time either.
  }
}
