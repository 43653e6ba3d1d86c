import { at, type Recording, shapeOf } from './recording.ts';

/**
 * How TensorFlow optimizes a graph, as the tag by which it is loaded (src-native/binding/session-options.h): `as-recorded` not at all,
 * which takes a third of the time of a first step.
 */
export type Optimization = 'serve' | 'as-recorded' | 'on-gpu' | 'on-gpu-with-groups';

/** What Grappler, TensorFlow's optimizer of graphs, joins with a ReLU behind it. Our kernels have theirs in them. */
const JOINED = new Set(['BiasAdd', 'FusedBatchNormV3']);

/** On a GPU Grappler also chooses the layout. */
export function optimizationOf(recordings: readonly Recording[], isOnGpu: boolean): Optimization {
  if (isOnGpu) return recordings.some(hasGroups) ? 'on-gpu-with-groups' : 'on-gpu';
  return recordings.some(joinsRelu) ? 'serve' : 'as-recorded';
}

function joinsRelu({ ops }: Recording): boolean {
  return ops.some(({ name, inputs: [input] }) => {
    const before = name === 'Relu' && input?.kind === 'op' ? ops[input.index] : undefined;
    return before !== undefined && JOINED.has(before.name);
  });
}

/** Whether there are convolutions with groups: images have more channels than the kernel has for each. */
function hasGroups(recording: Recording): boolean {
  return recording.ops.some(({ name, inputs }) => {
    if (name !== 'Conv2D') return false;
    const [images, kernel] = [at(inputs, 0), at(inputs, 1)].map((source) => shapeOf(recording, source));
    return images?.[3] !== kernel?.[2];
  });
}
