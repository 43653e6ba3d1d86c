import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { bindingFile } from './binding-file.ts';
import { compileAside } from './compile-aside.ts';
import { compileKernels } from './compile-kernels.ts';
import { kernelsFile } from './kernel-sources.ts';
import { findLibrary, type TensorFlowLibrary } from './find-library.ts';
import { reinstallCommand } from '../../../installations/install-advice.ts';
import type { EngineInstallation } from '../../../installations/installation.ts';
import { currentPlatform } from './platform.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { verifyBinding } from './verify.ts';

/** What of an installation the kernels depend on; it need not be in its final place. */
export type Compiled = Pick<
  EngineInstallation,
  'name' | 'kind' | 'source' | 'folder' | 'binding' | 'libraryPath'
>;

/**
 * Compiles Kindling's own kernels for an engine that computes on the processor, and tries them, unless they are there: some
 * seconds. Where that fails TensorFlow's own serve, and `missingKernels` says why; it is tried again when the sources are
 * others, the engine is installed anew, or there was no compiler.
 * @throws Problem `engine-invalid` if the library is gone; the reason of an abort
 */
export async function ensureKernels(engine: Compiled, options: InstallOptions): Promise<void> {
  const kernels = kernelsFile(engine);
  if (engine.kind === 'gpu' || existsSync(kernels) || existsSync(refusal(engine))) return;
  const library = libraryOf(engine);
  const compile = async (aside: string): Promise<void> => {
    // a name that Node takes for a module's
    const output = join(aside, 'kernels.node');
    await compileKernels({ ...library, output }, options);
    await verifyBinding(bindingFile(engine), engine.libraryPath, 'cpu', { ...options, kernels: output });
    renameSync(output, kernels);
  };
  await compileAside(kernels, options, compile, (error) =>
    writeFileSync(refusal(engine), error instanceof Error ? error.message : String(error)),
  );
}

/** Why an engine for the processor has no kernels of ours; null if it has. */
export function missingKernels(engine: Compiled): string | null {
  if (existsSync(kernelsFile(engine))) return null;
  try {
    return readFileSync(refusal(engine), 'utf8');
  } catch {
    return 'not compiled: there was no C++ compiler';
  }
}

function refusal(engine: Compiled): string {
  return `${kernelsFile(engine)}.failed`;
}

/**
 * Where the library of an engine is, and where what is compiled into the engine's folder finds it.
 * @throws Problem `engine-invalid` if it is gone, with what to do
 */
export function libraryOf({ folder, name, source, libraryPath }: Compiled) {
  const library = libraryStillIn(name === 'custom' ? source : folder, { name, source });
  const runPaths = [...new Set([library.libraryFolder, ...libraryPath])].map((path) => {
    const inside = relative(folder, path);
    return inside.startsWith('..') ? path : `${currentPlatform().origin}/${inside}`;
  });
  return { ...library, runPaths };
}

function libraryStillIn(place: string, engine: Pick<Compiled, 'name' | 'source'>): TensorFlowLibrary {
  try {
    return findLibrary(place);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(
      'engine-invalid',
      `The TensorFlow library of the engine ${engine.name} is gone: ${error.message} ` +
        `Put it back, or install the engine again: \`${reinstallCommand(engine)}\`.`,
      { cause: error },
    );
  }
}
