import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor4D } from '@tensorflow/tfjs';
import { computedValues } from '../computed-values.ts';
import { imageTensor } from '../network-tensors.ts';
import { endingAt, logitsOf, type PictureNetwork } from './picture-network.ts';

/**
 * Gradient with respect to each image of the sum of a layer's absolute outputs, [n, h, w, c] like the images.
 * @param images normalised, [n, h, w, c]
 * @param channels the one whose outputs count, for each image; all of them if left out
 */
export function activationGradients(
  network: PictureNetwork,
  layer: string,
  images: Float32Array,
  channels?: readonly number[],
): Float32Array {
  const ending = endingAt(network, layer);
  const width = ending.graph.layers.at(-1)?.output[2] ?? 0;
  return computedValues(() => {
    const sum = (x: tf.Tensor): Scalar => {
      const outputs = tf.reshape(logitsOf(ending, x as Tensor4D), [x.shape[0] ?? 0, -1, width]);
      // the gradient of a size is the sign, and none at zero
      const sizes = tf.mul(outputs, tf.sign(outputs));
      if (channels === undefined) return tf.sum(sizes);
      const chosen = tf.oneHot(tf.tensor1d([...channels], 'int32'), width, 1, 0, 'float32');
      return tf.sum(tf.mul(sizes, tf.expandDims(chosen, 1)));
    };
    return tf.grad(sum)(imageTensor(network.graph, images));
  });
}
