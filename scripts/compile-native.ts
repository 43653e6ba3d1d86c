import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { selectedEngine } from '../src-main/engine/installations/installation.ts';
import { bindingName } from '../src-main/engine/engines/tensorflow/provisioning/binding-file.ts';
import { compileBinding } from '../src-main/engine/engines/tensorflow/provisioning/compile-binding.ts';
import { compileKernels } from '../src-main/engine/engines/tensorflow/provisioning/compile-kernels.ts';
import { libraryOf } from '../src-main/engine/engines/tensorflow/provisioning/engine-library.ts';
import { kernelsFile } from '../src-main/engine/engines/tensorflow/provisioning/kernel-sources.ts';
import { currentPlatform } from '../src-main/engine/engines/tensorflow/provisioning/platform.ts';
import { kindlingHome } from '../src-main/home.ts';

/**
 * Compiles binding and kernels for the package into dist/native, against the headers and libraries of the selected engine: those of
 * any TensorFlow wheel have the same names and the same C interface.
 * @throws Error where that engine has others
 */
export async function compileNative(root: string): Promise<void> {
  const folder = path.join(root, 'dist', 'native');
  const { libraries, origin } = currentPlatform();
  const library = libraryOf(selectedEngine(kindlingHome()));
  if (library.libraries.join() !== libraries.join()) {
    throw new Error(
      `A package is compiled against ${libraries.join(' and ')}: npm run kindling -- engine install cpu`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const plan = { ...library, runPaths: [`${origin}/tensorflow`] };
  await compileBinding({ ...plan, output: path.join(folder, bindingName()) }, {});
  await compileKernels({ ...plan, output: kernelsFile({ folder }) }, {});
}
