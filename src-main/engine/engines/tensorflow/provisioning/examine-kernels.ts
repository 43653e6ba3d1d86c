import type { Check } from '../../../../../src-shared/contract/api/settings.ts';
import { bindingOf, type EngineInstallation } from '../../../installations/installation.ts';
import { missingKernels } from './ensure-kernels.ts';
import { kernelsFile } from './kernel-sources.ts';
import { verifyBinding } from './verify.ts';

/** Which kernels of ours an engine has; without them TensorFlow's own serve. */
export async function examineKernels(engine: EngineInstallation): Promise<Check[]> {
  if (engine.kind === 'gpu') return [];
  const name = 'Kernels';
  const reason = missingKernels(engine);
  if (reason !== null) {
    const message = `none of ours, TensorFlow's are slower: ${reason}`;
    return [{ name, state: 'warning', message, remedy: 'kindling engine install cpu' }];
  }
  const kernels = kernelsFile(engine);
  const { instructionSets } = await verifyBinding(bindingOf(engine), engine.libraryPath, 'cpu', { kernels });
  const [best, ...others] = instructionSets;
  const beside = others.length > 0 ? ` (KINDLING_KERNELS may name ${others.join(' or ')}, or be off)` : '';
  return [{ name, state: 'ok', message: `ours, for ${best ?? 'no CPU'}${beside}`, remedy: null }];
}
