import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { logitGradient } from './logit-gradient.ts';
import type { LayerOutputs, PictureNetwork } from './picture-network.ts';

/**
 * Grad-CAM of one layer (Selvaraju et al., 2017, eq. 1 and 2): the layer's channels, weighted by the mean over all
 * places of the logit's gradient, summed, and with what speaks against the class cut off (ReLU). Call it inside a tidy.
 *
 * @param chosen [n, classes]: the logit that is explained
 * @returns [n, h, w] at the layer's own size
 */
export function gradCamMaps(
  network: PictureNetwork,
  outputs: LayerOutputs,
  layer: string,
  chosen: Tensor2D,
): Tensor3D {
  const output = outputs.get(layer);
  if (output === undefined) throw new Error(`no output of ${layer}`);
  const gradient = logitGradient(network, outputs, layer, chosen);
  const importance = tf.mean(gradient, [1, 2], true);
  return tf.relu(tf.sum(tf.mul(output, importance), 3));
}

/** Maps of a layer, [n, h, w], at another size, [n, height, width], smoothly. */
export function resizeMaps(maps: Tensor3D, [height, width]: readonly [number, number]): Tensor3D {
  const [images, h, w] = maps.shape;
  const single = tf.reshape<tf.Rank.R4>(maps, [images, h, w, 1]);
  const resized: Tensor4D = tf.image.resizeBilinear(single, [height, width], false, true);
  return tf.reshape(resized, [images, height, width]);
}
