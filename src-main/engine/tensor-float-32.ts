import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TensorFloat32, tensorFloat32Schema } from '../../src-shared/machine/tensor-float-32.ts';
import { writeWhole } from '../files/write-whole.ts';

/** The variable by which CUDA's libraries may (unset, 1) or must not (0) round products to TensorFloat-32, in any program. */
export const TENSOR_FLOAT_32 = 'NVIDIA_TF32_OVERRIDE';

/** As a home has it. */
export function readTensorFloat32(home: string): TensorFloat32 {
  try {
    return tensorFloat32Schema.parse(readFileSync(fileIn(home), 'utf8').trim());
  } catch {
    return 'library';
  }
}

/** For processes that are started from now on. @throws an error of the file system */
export function writeTensorFloat32(home: string, chosen: TensorFloat32): void {
  writeWhole(fileIn(home), `${chosen}\n`, { flushed: true });
}

/** Added to the environment of a process that computes with an engine for NVIDIA's GPUs. Who has set the variable has decided. */
export function tensorFloat32Environment({
  kind,
  tensorFloat32 = 'library',
}: {
  readonly kind: 'cpu' | 'gpu';
  /** As the home has it; absent: as the library does. */
  readonly tensorFloat32?: TensorFloat32;
}): Record<string, string> {
  if (kind !== 'gpu' || tensorFloat32 === 'library' || process.env[TENSOR_FLOAT_32] !== undefined) return {};
  return { [TENSOR_FLOAT_32]: tensorFloat32 === 'on' ? '1' : '0' };
}

/** As a process computes in this environment. */
export function isRoundedToTensorFloat32(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment[TENSOR_FLOAT_32] !== '0';
}

function fileIn(home: string): string {
  return join(home, 'tensor-float-32');
}
