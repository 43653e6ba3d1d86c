import * as tf from '@tensorflow/tfjs';
import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { Padding } from '../../src-shared/networks/layer.ts';
import { isPadded } from './padding.ts';

/** Whether a convolution is a matrix product at each position: 1x1, at every pixel. */
export function isPointwise(kernel: Tensor4D, stride: number, padding: Padding): boolean {
  return kernel.shape[0] === 1 && kernel.shape[1] === 1 && stride === 1 && !isPadded(padding);
}

/**
 * A 1x1 convolution as one product [n h w, c] x [c, filters].
 *
 * On a CPU oneDNN's products, in particular the two of the gradient, are faster than its convolutions of a few
 * dozen channels: a training step of SqueezeNet by a tenth.
 *
 * @param kernel [1, 1, c, filters]
 */
export function pointwiseConvolution(x: Tensor4D, kernel: Tensor4D): Tensor4D {
  const [n, height, width, channels] = x.shape;
  const filters = kernel.shape[3];
  const rows = tf.reshape<tf.Rank.R2>(x, [n * height * width, channels]);
  const product = tf.matMul(rows, tf.reshape<tf.Rank.R2>(kernel, [channels, filters]));
  return tf.reshape(product, [n, height, width, filters]);
}

/**
 * A grouped 1x1 convolution as one batched product [groups, n h w, c / groups] x [groups, c / groups, filters /
 * groups], instead of a convolution for each group: a training step of ShuffleNet by a fifth.
 *
 * @param kernel [1, 1, c / groups, filters]
 */
export function groupedPointwiseConvolution(x: Tensor4D, kernel: Tensor4D, groups: number): Tensor4D {
  // the first two axes, [a, b, c] to [b, a, c]
  const exchange = (each: Tensor3D): Tensor3D => tf.transpose(each, [1, 0, 2]);
  const [n, height, width, channels] = x.shape;
  const [, , inputs, filters] = kernel.shape;
  const rows = tf.reshape<tf.Rank.R3>(x, [n * height * width, groups, channels / groups]);
  const columns = tf.reshape<tf.Rank.R3>(kernel, [inputs, groups, filters / groups]);
  const product = tf.matMul(exchange(rows), exchange(columns));
  return tf.reshape(exchange(product as Tensor3D), [n, height, width, filters]);
}
