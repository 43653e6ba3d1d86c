import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { bindingOf } from '../../../installations/installation.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { compileAside } from './compile-aside.ts';
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
 * @throws Problem `engine-invalid` if the library is gone; the reason of an abort
 */
export async function ensureBinding(engine: Compiled, options: InstallOptions): Promise<void> {
  const binding = bindingOf(engine);
  if (isCurrentBinding(binding) || namesSources(refusal(binding))) return;
  const library = libraryOf(engine);
  const compile = async (aside: string): Promise<void> => {
    const output = join(aside, 'binding.node');
    await compileBinding({ ...library, output }, options);
    // its own paths to the library begin at its final place
    const libraryPath = [library.libraryFolder, ...engine.libraryPath];
    await verifyBinding(output, libraryPath, engine.kind, options);
    renameSync(output, binding);
    renameSync(sourcesFile(output), sourcesFile(binding));
  };
  await compileAside(binding, options, compile, () => noteSources(refusal(binding)));
}

function refusal(binding: string): string {
  return `${sourcesFile(binding)}.failed`;
}
