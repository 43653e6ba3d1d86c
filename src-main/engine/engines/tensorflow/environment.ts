import { delimiter } from 'node:path';
import type { Card } from '../../../../src-shared/machine/card.ts';
import { IMAGES_ON_DEVICE } from '../../images-way.ts';
import type { EngineInstallation } from '../../installations/installation.ts';
import { STEPS_A_CALL } from '../../most-steps.ts';
import { tensorFloat32Environment } from '../../tensor-float-32.ts';
import { GROUPS, LAYOUT } from './gpu-choices.ts';
import { readTuning, type Tuning } from './tuning/tuning.ts';
import { XLA, XLA_FLAGS, xlaEnvironment } from './xla.ts';

/** The variable that has TensorFlow compute with oneDNN's kernels (1) or not (0). */
export const ONE_DNN = 'TF_ENABLE_ONEDNN_OPTS';

/** The variable that names, with commas between, the operations for which TensorFlow's kernels serve and not ours. */
export const WITHOUT_KERNELS = 'KINDLING_WITHOUT_KERNELS';

/** By what a user changes how steps are computed, and how fast. */
export const VARIABLES: readonly string[] = [
  ...[XLA, XLA_FLAGS, ONE_DNN, 'ONEDNN_MAX_CPU_ISA'],
  ...['KINDLING_KERNELS', WITHOUT_KERNELS, IMAGES_ON_DEVICE, STEPS_A_CALL, LAYOUT, GROUPS],
];

/** The variable that names the card that a process was given. */
export const CARD_NAME = 'KINDLING_CARD';

/** The variable that says how many bytes of memory that card has. */
const CARD_BYTES = 'KINDLING_CARD_BYTES';

const GIBIBYTE = 2 ** 30;

/** The variable by which the dynamic loader finds libraries that are opened by name (CUDA's), added to what it says now. */
export function loaderEnvironment(libraryPath: readonly string[]): Record<string, string> {
  if (libraryPath.length === 0) return {};
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  const before = process.env[variable];
  return { [variable]: [...libraryPath, ...(before ? [before] : [])].join(delimiter) };
}

/**
 * Without `ONE_DNN` TensorFlow decides by itself: it uses oneDNN on a CPU with AVX512-VNNI or AMX only. Who has set one of
 * the variables has decided.
 */
function tunedEnvironment(tuning: Tuning | null): Record<string, string> {
  if (tuning === null) return {};
  const tuned = { [ONE_DNN]: tuning.oneDnn ? '1' : '0', [WITHOUT_KERNELS]: tuning.withoutOwn.join(',') };
  return Object.fromEntries(Object.entries(tuned).filter(([name]) => process.env[name] === undefined));
}

/**
 * The environment in which TensorFlow computes.
 *
 * TensorFlow takes each activation from malloc and gives it back within the step. By default glibc maps and
 * unmaps every block above 32 MiB anew, and the kernel fills it with zeros each time: at batch 128 half of the
 * step. Kept in the heap, the blocks are reused.
 */
export function tensorFlowEnvironment(
  engine: Pick<EngineInstallation, 'folder' | 'kind' | 'version' | 'libraryPath' | 'tensorFloat32'>,
): (threads: number) => Record<string, string> {
  const chosen = { ...tunedEnvironment(readTuning(engine)), ...tensorFloat32Environment(engine) };
  return (threads) => ({
    ...loaderEnvironment(engine.libraryPath),
    ...chosen,
    ...xlaEnvironment(process.env),
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(threads),
    OMP_NUM_THREADS: String(threads),
    // Otherwise the first process on a GPU takes all of its memory, and a second trainer finds none.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    TF_CPP_MIN_LOG_LEVEL: process.env['TF_CPP_MIN_LOG_LEVEL'] ?? '3',
    MALLOC_MMAP_THRESHOLD_: String(4 * GIBIBYTE),
    MALLOC_TRIM_THRESHOLD_: String(16 * GIBIBYTE),
    MALLOC_TOP_PAD_: String(64 * 2 ** 20),
  });
}

/** Has CUDA see one card, and a run's record name it: cards of one machine may be of several models. */
export function cardEnvironment({ id, name, totalBytes }: Card): Record<string, string> {
  return {
    CUDA_VISIBLE_DEVICES: id,
    ...(name !== null && { [CARD_NAME]: name }),
    ...(totalBytes !== null && { [CARD_BYTES]: String(totalBytes) }),
  };
}

/** The memory of the card that a process was given; null where that is not known. */
export function cardBytes(environment: Readonly<Record<string, string | undefined>>): number | null {
  return Number(environment[CARD_BYTES]) || null;
}
