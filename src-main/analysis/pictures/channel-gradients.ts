import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { forward } from '../../engine/model.ts';
import type { PictureNetwork } from './picture-network.ts';

/**
 * Of each layer and image the mean over all positions of the gradient of a logit with respect to each channel's output,
 * [n, c] (Grad-CAM's weights: Selvaraju et al., 2017, eq. 1), in one pass back through the network. Call it inside a tidy.
 * @param choose of the logits, [n, classes], what each counts
 */
export function channelGradients(
  { graph, weights, operations }: PictureNetwork,
  images: Tensor4D,
  choose: (logits: Tensor2D) => Tensor2D,
  layers: readonly Layer[],
): Tensor2D[] {
  const count = images.shape[0];
  const sum = (...given: tf.Tensor[]): Scalar => {
    const shifts = new Map(layers.map(({ name }, place) => [name, given[place] as Tensor4D]));
    const { logits } = forward(graph, weights, images, { operations, training: false, shifts });
    return tf.sum(tf.mul(logits, choose(logits)));
  };
  // what is added at all positions of a channel has as its gradient the sum over them
  const none = layers.map(({ output: [, , channels] }) => tf.zeros([count, 1, 1, channels]));
  return tf
    .grads(sum)(none)
    .map((gradient, place) => {
      const [height = 1, width = 1, channels = 1] = layers[place]?.output ?? [];
      return tf.div<Tensor2D>(tf.reshape(gradient, [count, channels]), height * width);
    });
}
