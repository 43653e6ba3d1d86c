import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compileAside } from './compile-aside.ts';
import { compileKernels } from './compile-kernels.ts';
import { kernelsFile } from './kernel-sources.ts';
import { findLibrary } from './find-library.ts';
import { bindingOf, type EngineInstallation } from '../../../installations/installation.ts';
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
 * @throws only the reason of an abort
 */
export async function ensureKernels(engine: Compiled, options: InstallOptions): Promise<void> {
  const kernels = kernelsFile(engine);
  if (engine.kind === 'gpu' || existsSync(kernels) || existsSync(refusal(engine))) return;
  const compile = async (aside: string): Promise<void> => {
    // a name that Node takes for a module's
    const output = join(aside, 'kernels.node');
    await compileKernels({ ...libraryOf(engine), output }, options);
    await verifyBinding(bindingOf(engine), engine.libraryPath, 'cpu', { ...options, kernels: output });
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

/** Where the library of an engine is, and where what is compiled into the engine's folder finds it. */
export function libraryOf({ folder, name, source, libraryPath }: Compiled) {
  const library = findLibrary(name === 'custom' ? source : folder);
  const runPaths = [...new Set([library.libraryFolder, ...libraryPath])].map((path) => {
    const inside = relative(folder, path);
    return inside.startsWith('..') ? path : `${currentPlatform().origin}/${inside}`;
  });
  return { ...library, runPaths };
}
