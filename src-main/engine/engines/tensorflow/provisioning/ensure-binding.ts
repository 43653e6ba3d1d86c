import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unfinishedPath } from '../../../../files/unfinished-files.ts';
import { bindingOf } from '../../../installations/installation.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { compileBinding, isCurrentBinding, sourcesFile } from './compile-binding.ts';
import { type Compiled, libraryOf } from './ensure-kernels.ts';
import { verifyBinding } from './verify.ts';

/**
 * Compiles the binding of an engine anew if that was done from other sources, and puts it in the place of the old one, which
 * processes that have it loaded keep. Where that fails the old one serves.
 * @throws only the reason of an abort
 */
export async function ensureBinding(engine: Compiled, options: InstallOptions): Promise<void> {
  const binding = bindingOf(engine);
  if (isCurrentBinding(binding)) return;
  const staging = unfinishedPath(binding);
  const output = join(staging, 'binding.node');
  try {
    mkdirSync(staging);
    await compileBinding({ ...libraryOf(engine), output }, options);
    await verifyBinding(output, engine.libraryPath, engine.kind, options);
    renameSync(output, binding);
    renameSync(sourcesFile(output), sourcesFile(binding));
  } catch {
    options.signal?.throwIfAborted();
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
