import type { Check } from '../../src-shared/contract/api/settings.ts';
import { selectedEngine } from '../engine/provisioning/installation.ts';
import { verifyBinding } from '../engine/provisioning/verify.ts';
import { allWell } from './all-well.ts';

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
