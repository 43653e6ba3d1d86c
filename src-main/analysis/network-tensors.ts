import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../src-shared/networks/graph.ts';
import type { WeightValues } from './subject.ts';

/** A network's weights on the engine; the caller disposes of them. */
export function weightTensors({ layers }: Pick<Graph, 'layers'>, values: WeightValues): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  for (const { name, shape } of layers.flatMap((layer) => layer.weights)) {
    const found = values.get(name);
    if (found === undefined) throw new Error(`no value for the weight ${name}`);
    tensors.set(name, tf.tensor(found, [...shape]));
  }
  return tensors;
}

/** Images as a tensor, [count, h, w, c]. @param values normalised, as an evaluation set holds them */
export function imageTensor({ input }: Graph, values: Float32Array): Tensor4D {
  return tf.tensor4d(values, [values.length / (input[0] * input[1] * input[2]), ...input]);
}
