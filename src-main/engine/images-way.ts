import type { Check } from '../../src-shared/contract/api/settings.ts';
import { counted } from '../../src-shared/counted.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { mostSteps, STEPS_A_CALL } from './most-steps.ts';

/** The variable by which images lie on the device as bytes, and steps take them there (1), or not (0). */
export const IMAGES_ON_DEVICE = 'KINDLING_IMAGES_ON_DEVICE';

/**
 * Where the values of images are made of their bytes: on the device, where the bytes lie; in the step, by a kernel of ours that reads them in
 * memory; or before it, by threads of the host.
 */
export type ImagesWay = 'device' | 'kernel' | 'host';

type Environment = Readonly<Record<string, string | undefined>>;

/** On a GPU always the device, unless the environment says otherwise. */
export function imagesWay(isOnGpu: boolean, hasOwnKernels: boolean, environment: Environment): ImagesWay {
  const chosen = environment[IMAGES_ON_DEVICE];
  if (chosen === undefined ? isOnGpu : chosen === '1') return 'device';
  return hasOwnKernels ? 'kernel' : 'host';
}

const WORDS: Readonly<Record<ImagesWay, string>> = {
  device: 'lie on the device as bytes, of which a step makes values',
  kernel: 'a step makes their values of bytes, by a kernel of ours',
  host: 'threads make their values before a step',
};

/** How images come into a training step, and how many steps a call takes. */
export function examineImages(isOnGpu: boolean, hasOwnKernels: boolean, environment: Environment): Check {
  const way = imagesWay(isOnGpu, hasOwnKernels, environment);
  try {
    const most = way === 'device' ? mostSteps(environment[STEPS_A_CALL], isOnGpu) : 1;
    const calls = most === 1 ? 'a call takes one step' : `a call takes up to ${counted(most, 'step')}`;
    return { name: 'Images', state: 'ok', message: `${WORDS[way]}; ${calls}`, remedy: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { name: 'Images', state: 'missing', message: error.message, remedy: `unset ${STEPS_A_CALL}` };
  }
}
