import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { forwardFrom } from '../../engine/model.ts';
import type { LayerOutputs, PictureNetwork } from './picture-network.ts';

/**
 * Gradient of one logit of each image with respect to a layer's output, [n, h, w, c]. Only what comes after the layer
 * runs again. Call it inside a tidy.
 *
 * @param outputs of the intact network on these images
 * @param chosen [n, classes]: what each logit counts
 */
export function logitGradient(
  network: PictureNetwork,
  outputs: LayerOutputs,
  layer: string,
  chosen: Tensor2D,
): Tensor4D {
  const { graph, weights, operations } = network;
  const output = outputs.get(layer);
  if (output === undefined) throw new Error(`no output of ${layer}`);
  const before = graph.layers.slice(
    0,
    graph.layers.findIndex(({ name }) => name === layer),
  );
  const given = new Map<string, Tensor4D>();
  for (const { name } of before) {
    const found = outputs.get(name);
    if (found !== undefined) given.set(name, found);
  }
  const sum = (x: tf.Tensor): Scalar => {
    const known = new Map(given).set(layer, x as Tensor4D);
    const { logits } = forwardFrom(graph, weights, known, { operations, training: false });
    // images do not mix, so the gradient of the sum is that of each image
    return tf.sum(tf.mul(logits, chosen));
  };
  return tf.grad(sum)(output) as Tensor4D;
}

/** One logit of each image, [n, classes]: 1 at its class, 0 elsewhere. */
export function oneOfEach(labels: ArrayLike<number>, classes: number): Tensor2D {
  return oneHot(tf.tensor1d(Array.from(labels), 'int32'), classes);
}

/** The same as numbers, of any outputs, row by row. */
export function chosenOutputs(labels: ArrayLike<number>, outputs: number): Float32Array {
  const chosen = new Float32Array(labels.length * outputs);
  for (let image = 0; image < labels.length; image++) chosen[image * outputs + (labels[image] as number)] = 1;
  return chosen;
}

/** The largest of each image. @param logits [n, classes] */
export function largestOfEach(logits: Tensor2D): Tensor2D {
  return oneHot(tf.argMax<Tensor1D>(logits, 1), logits.shape[1]);
}

function oneHot(labels: Tensor1D, classes: number): Tensor2D {
  return tf.oneHot(labels, classes, 1, 0, 'float32') as Tensor2D;
}
