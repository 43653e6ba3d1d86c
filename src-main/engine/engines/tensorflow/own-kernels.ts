import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { HoldImages } from '../../../../src-shared/training/image-bytes.ts';
import { holdOnce } from '../../hold-once.ts';

/** What the module that src-native is compiled into exports. */
interface KernelsModule {
  /** Those that it was compiled for and this processor has, the best first. */
  readonly instructionSets: readonly string[];
  /** Takes effect for all kernels that begin later; false if there is no such set. */
  readonly use: (instructionSet: string, threads: number) => boolean;
  /** The number by which `KindlingImages` finds these bytes. They are kept until `letGo`. */
  readonly hold: (bytes: Uint8Array) => number;
  readonly letGo: (number: number) => void;
}

/** Kindling's own kernels, registered with the TensorFlow of this process. */
export interface OwnKernels {
  /** The instructions that they use: `avx512`, `avx2` or `portable`. */
  readonly instructionSet: string;
  readonly instructionSets: readonly string[];
  readonly use: KernelsModule['use'];
  readonly holdImages: HoldImages;
}

/** Why there are none. */
export interface NoKernels {
  readonly reason: string;
}

const require = createRequire(import.meta.url);

/**
 * Loads the kernels that were compiled beside a binding; TensorFlow must be in the process. Without them TensorFlow's own
 * kernels serve, so that nothing here is an error. KINDLING_KERNELS names an instruction set to use instead of the
 * processor's best, or is `off`.
 */
export function loadOwnKernels(file: string, threads: number): OwnKernels | NoKernels {
  const wanted = process.env['KINDLING_KERNELS'];
  if (wanted === 'off') return { reason: 'KINDLING_KERNELS is off' };
  if (!existsSync(file)) return { reason: 'they are not compiled' };
  try {
    const { instructionSets, use, hold, letGo } = require(file) as KernelsModule;
    const instructionSet = wanted ?? instructionSets[0] ?? 'portable';
    if (use(instructionSet, threads))
      return { instructionSet, instructionSets, use, holdImages: holdOnce({ hold, letGo }) };
    return { reason: `KINDLING_KERNELS is ${instructionSet}, and there is ${instructionSets.join(', ')}` };
  } catch (error) {
    return { reason: `they cannot be loaded: ${error instanceof Error ? error.message : String(error)}` };
  }
}
