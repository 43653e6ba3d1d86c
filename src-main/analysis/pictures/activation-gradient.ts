import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { logitsOf, type PictureNetwork } from './picture-network.ts';

/**
 * Gradient with respect to each image of the sum of the absolute outputs of some channels of a network's last layer,
 * [n, h, w, c]. Call it inside a tidy.
 * @param network ending at the layer
 * @param chosen [n, channels]: what the outputs of each channel count
 */
export function activationGradient(network: PictureNetwork, images: Tensor4D, chosen: Tensor2D): Tensor4D {
  const [count, channels] = chosen.shape;
  const sum = (x: tf.Tensor): Scalar => {
    const outputs = tf.reshape(logitsOf(network, x as Tensor4D), [count, -1, channels]);
    // the gradient of a size is the sign, and none at zero
    const sizes = tf.mul(outputs, tf.sign(outputs));
    return tf.sum(tf.mul(sizes, tf.expandDims(chosen, 1)));
  };
  return tf.grad(sum)(images) as Tensor4D;
}
