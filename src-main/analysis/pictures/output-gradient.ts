import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { logitsOf, type PictureNetwork } from './picture-network.ts';

/**
 * Gradient with respect to each image of some outputs of a network's last layer, [n, h, w, c]. Call it inside a tidy.
 * @param network ending at the layer
 * @param chosen [n or 1, outputs]: what each output counts
 */
export function outputGradient(network: PictureNetwork, images: Tensor4D, chosen: Tensor2D): Tensor4D {
  const sum = (x: tf.Tensor): Scalar => tf.sum(tf.mul(logitsOf(network, x as Tensor4D), chosen));
  return tf.grad(sum)(images) as Tensor4D;
}

/** Place of the unit in the middle of a layer, of one channel, among its flattened outputs. */
export function middleUnit(
  [height, width, channels]: readonly [number, number, number],
  channel: number,
): number {
  return (Math.floor(height / 2) * width + Math.floor(width / 2)) * channels + channel;
}
