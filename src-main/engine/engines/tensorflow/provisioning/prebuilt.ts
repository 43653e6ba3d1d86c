import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { bindingName } from './binding-file.ts';
import type { BindingPlan } from './compile-binding.ts';
import { kernelsFile } from './kernel-sources.ts';
import { currentPlatform } from './platform.ts';

/** Beside the sources of a packaged application (electron-builder.yml); a checkout compiles for itself. */
const FOLDER = join(import.meta.dirname, '../../../../../native');

/** Whether binding and kernels of these very sources came with the package: then no compiler is needed. */
export function hasPrebuilt(): boolean {
  return [join(FOLDER, bindingName()), kernelsFile({ folder: FOLDER })].every((file) => existsSync(file));
}

/**
 * Puts what came with the package under this name into its place, or else what `compile` makes, and tries it. What came with the
 * package is for the libraries of TensorFlow's wheels, and may not load on a system that is older than the one it was made on.
 * @throws what `compile` and `verify` throw
 */
export async function prebuiltOrCompiled<Verified>(
  name: string,
  plan: BindingPlan,
  { signal }: InstallOptions,
  compile: () => Promise<void>,
  verify: () => Promise<Verified>,
): Promise<Verified> {
  const prebuilt = join(FOLDER, name);
  if (existsSync(prebuilt) && plan.libraries.join() === currentPlatform().libraries.join()) {
    try {
      copyFileSync(prebuilt, plan.output);
      return await verify();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Problem)) throw error;
      rmSync(plan.output, { force: true });
    }
  }
  await compile();
  return verify();
}
