import { isRoundedToTensorFloat32 } from '../../tensor-float-32.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variable that says how convolutions with groups are computed, such as those of networks side by side: one group after the other
 * (`apart`), as on a CPU, or all by one kernel of convolutions (`convolutions`). Unset, it is such a kernel but for 1x1 convolutions, which are a
 * batched product.
 */
export const GROUPS = 'KINDLING_GROUPS';

type GroupsWay = 'apart' | 'convolutions' | 'products';

export function groupsWay(environment: Environment): GroupsWay {
  const chosen = environment[GROUPS];
  return chosen === 'apart' || chosen === 'convolutions' ? chosen : 'products';
}

/**
 * The variable by which maps stay as they are recorded, [n, h, w, c] (`nhwc`), where TensorFlow would turn float32 convolutions and what lies
 * between them to [n, c, h, w]. It is read where graphs are loaded (src-native/binding/session-options.h).
 */
export const LAYOUT = 'KINDLING_LAYOUT';

/**
 * A version of TensorFlow on a GPU, for the record of a run: `2.21.0+tf32` where products may be rounded to TensorFloat-32 (10 bits of
 * mantissa), as TensorFlow has it by default on cards that can (Ampere and later), `2.21.0+float32` where they must not; and what else is
 * chosen, as it rounds otherwise.
 * @param environment of the process: CUDA's libraries read NVIDIA_TF32_OVERRIDE themselves, whoever calls them
 */
export function gpuVersion(version: string, environment: Environment): string {
  const groups = groupsWay(environment);
  const chosen = [
    isRoundedToTensorFloat32(environment) ? 'tf32' : 'float32',
    ...(environment[LAYOUT] === 'nhwc' ? ['nhwc'] : []),
    ...(groups === 'products' ? [] : [groups]),
  ];
  return [version, ...chosen].join('+');
}
