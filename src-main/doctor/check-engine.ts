import type { Check } from '../../src-shared/contract/api/settings.ts';
import { missingKernels } from '../engine/provisioning/ensure-kernels.ts';
import { selectedEngine } from '../engine/provisioning/installation.ts';
import { verifyBinding } from '../engine/provisioning/verify.ts';
import { allWell } from './all-well.ts';

/** Which kernels of ours the chosen engine has; without them TensorFlow's own serve. Nothing where there is no engine. */
export async function checkKernels(home: string): Promise<Check[]> {
  try {
    const engine = selectedEngine(home);
    if (engine.kind === 'gpu') return [];
    const reason = missingKernels(engine);
    if (reason !== null) {
      const message = `none of ours, TensorFlow's are slower: ${reason}`;
      return [{ name: 'Kernels', state: 'warning', message, remedy: 'kindling engine install cpu' }];
    }
    const { binding, libraryPath, kernels } = engine;
    const { instructionSets } = await verifyBinding(binding, libraryPath, 'cpu', { kernels });
    const [best, ...others] = instructionSets;
    const beside = others.length > 0 ? ` (KINDLING_KERNELS may name ${others.join(' or ')}, or be off)` : '';
    return [allWell('Kernels', `ours, for ${best ?? 'no processor'}${beside}`)];
  } catch {
    return [];
  }
}

/** Whether the chosen engine computes, tried in a process of its own. */
export async function checkEngine(home: string): Promise<Check> {
  try {
    const { name, version, binding, libraryPath, kind } = selectedEngine(home);
    const began = performance.now();
    await verifyBinding(binding, libraryPath, kind, {});
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    return allWell('Engine', `${name}, TensorFlow ${version}: a convolution on its device in ${seconds} s`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { name: 'Engine', state: 'missing', message, remedy: 'kindling engine install cpu' };
  }
}
