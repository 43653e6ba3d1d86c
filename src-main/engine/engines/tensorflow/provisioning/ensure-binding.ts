import { join } from 'node:path';
import type { InstallOptions } from '../../../installations/progress.ts';
import { bindingName } from './binding-file.ts';
import { compileAside } from './compile-aside.ts';
import { compileBinding } from './compile-binding.ts';
import type { Compiled } from './engine-library.ts';
import { prebuiltOrCompiled } from './prebuilt.ts';
import { verifyBinding } from './verify.ts';

/**
 * Compiles the binding of an engine from the sources of this version of Kindling, unless it is there. Where that fails the one that
 * the engine was installed with serves; it is tried again when the sources are others, or there was no compiler.
 * @throws Problem `engine-invalid` if the library is gone; the reason of an abort
 */
export async function ensureBinding(engine: Compiled, options: InstallOptions): Promise<void> {
  await compileAside(join(engine.folder, bindingName()), engine, options, async (plan) => {
    // its own paths to the library begin at its final place
    const paths = [plan.libraryFolder, ...engine.libraryPath];
    const verify = () => verifyBinding(plan.output, paths, engine.kind, options);
    await prebuiltOrCompiled(bindingName(), plan, options, () => compileBinding(plan, options), verify);
  });
}
