import { isRoundedToTensorFloat32 } from '../../tensor-float-32.ts';

/**
 * A version of TensorFlow on a GPU, for the record of a run: `2.21.0+tf32` where products may be rounded to TensorFloat-32 (10 bits of
 * mantissa), as TensorFlow has it by default on cards that can (Ampere and later), `2.21.0+float32` where they must not.
 * @param environment of the process: CUDA's libraries read NVIDIA_TF32_OVERRIDE themselves, whoever calls them
 */
export function gpuVersion(
  version: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  return `${version}${isRoundedToTensorFloat32(environment) ? '+tf32' : '+float32'}`;
}
