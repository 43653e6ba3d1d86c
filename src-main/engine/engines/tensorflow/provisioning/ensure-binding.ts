import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstallOptions } from '../../../installations/progress.ts';
import { bindingName } from './binding-file.ts';
import { compileAside } from './compile-aside.ts';
import { compileBinding } from './compile-binding.ts';
import { type Compiled, libraryOf } from './ensure-kernels.ts';
import { verifyBinding } from './verify.ts';

/**
 * Compiles the binding of an engine from the sources of this version of Kindling, unless it is there. Where that fails the one that
 * the engine was installed with serves; it is tried again when the sources are others, or there was no compiler.
 * @throws Problem `engine-invalid` if the library is gone; the reason of an abort
 */
export async function ensureBinding(engine: Compiled, options: InstallOptions): Promise<void> {
  const binding = join(engine.folder, bindingName());
  const refusal = `${binding}.failed`;
  if (existsSync(binding) || existsSync(refusal)) return;
  const library = libraryOf(engine);
  const compile = async (aside: string): Promise<void> => {
    // a name that Node takes for a module's
    const output = join(aside, 'binding.node');
    await compileBinding({ ...library, output }, options);
    // its own paths to the library begin at its final place
    const libraryPath = [library.libraryFolder, ...engine.libraryPath];
    await verifyBinding(output, libraryPath, engine.kind, options);
    renameSync(output, binding);
  };
  await compileAside(binding, options, compile, (error) =>
    writeFileSync(refusal, error instanceof Error ? error.message : String(error)),
  );
}
