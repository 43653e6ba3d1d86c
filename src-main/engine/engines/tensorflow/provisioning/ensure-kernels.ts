import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { InstallOptions } from '../../../installations/progress.ts';
import { bindingFile } from './binding-file.ts';
import { compileAside, refusalOf } from './compile-aside.ts';
import { compileKernels } from './compile-kernels.ts';
import type { Compiled } from './engine-library.ts';
import { kernelsFile } from './kernel-sources.ts';
import { prebuiltOrCompiled } from './prebuilt.ts';
import { verifyBinding } from './verify.ts';

/**
 * Compiles Kindling's own kernels for an engine that computes on the processor, and tries them, unless they are there: some
 * seconds. Where that fails TensorFlow's own serve, and `missingKernels` says why; it is tried again when the sources are
 * others, the engine is installed anew, or there was no compiler.
 * @throws Problem `engine-invalid` if the library is gone; the reason of an abort
 */
export async function ensureKernels(engine: Compiled, options: InstallOptions): Promise<void> {
  if (engine.kind === 'gpu') return;
  await compileAside(kernelsFile(engine), engine, options, async (plan) => {
    const tried = { ...options, kernels: plan.output };
    const verify = () => verifyBinding(bindingFile(engine), engine.libraryPath, 'cpu', tried);
    const name = basename(kernelsFile(engine));
    await prebuiltOrCompiled(name, plan, options, () => compileKernels(plan, options), verify);
  });
}

/** Why an engine for the processor has no kernels of ours; null if it has. */
export function missingKernels(engine: Compiled): string | null {
  const kernels = kernelsFile(engine);
  if (existsSync(kernels)) return null;
  try {
    return readFileSync(refusalOf(kernels), 'utf8');
  } catch {
    return 'not compiled: there was no C++ compiler';
  }
}
