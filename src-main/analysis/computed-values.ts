import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/**
 * The numbers of a tensor, row by row; no tensor that was made in between is left. A tidy that returns the numbers themselves
 * looks for tensors among them one by one, which takes many times as long as most products.
 */
export function computedValues(compute: () => Tensor): Float32Array {
  return read(compute, (tensor) => tensor.dataSync<'float32'>());
}

/** The same for a tensor of integers. */
export function computedIntegers(compute: () => Tensor): Int32Array {
  return read(compute, (tensor) => tensor.dataSync<'int32'>());
}

function read<Values>(compute: () => Tensor, values: (tensor: Tensor) => Values): Values {
  const tensor = tf.tidy(compute);
  try {
    return values(tensor);
  } finally {
    tensor.dispose();
  }
}
