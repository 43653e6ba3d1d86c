import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { isSliding, type Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import type { Operations } from '../../../engine/operations.ts';
import { forward, type Weights } from '../../../engine/model.ts';
import { imageTensor } from '../../network-tensors.ts';
import { batchesOf } from '../../evaluation-set.ts';
import type { EvaluationSet, ImageBatch } from '../../subject.ts';

export interface TaylorRequest {
  readonly operations: Operations;
  /** A network without batch norm: every convolution has a kernel and a bias. */
  readonly graph: Graph;
  readonly weights: Weights;
  readonly set: EvaluationSet;
  /** Images of one gradient. */
  readonly batch: number;
  /** Awaited after each batch. */
  readonly pause: () => Promise<void>;
  readonly progress: (share: number) => void;
}

/** What one gradient is of. */
interface GradientRequest extends Pick<TaylorRequest, 'operations' | 'graph' | 'weights'> {
  readonly set: ImageBatch;
}

/** Importances of a layer's channels, and of all its channels taken away together. */
export interface TaylorImportance {
  readonly layer: Layer;
  readonly channels: Float64Array;
  readonly whole: number;
}

/**
 * First-order importance of filters (Molchanov et al., "Importance estimation for neural network pruning", CVPR 2019,
 * arXiv 1906.10771, equation 8): the square of the sum of gradient x weight over all weights of a filter, its bias
 * included, averaged over batches. The sum is the first-order change of the loss when the filter's pre-activation goes
 * to zero: with batch norm folded in, that of the norm's scale and shift (the paper's gates).
 */
export async function taylorImportances(request: TaylorRequest): Promise<TaylorImportance[]> {
  const { graph, set, pause, progress } = request;
  const layers = graph.layers.filter(isSliding);
  const squares = layers.map((layer) => ({ layer, channels: new Float64Array(layer.output[2]), whole: 0 }));
  for (const { end, batch } of batchesOf(set, request.batch)) {
    const share = batch.count / set.count;
    const sums = gradientTimesWeight({ ...request, set: batch }, layers);
    for (const [place, sum] of sums.entries()) {
      const found = squares[place];
      if (found === undefined) throw new Error('a sum without its layer');
      for (const [channel, value] of sum.entries())
        found.channels[channel] = (found.channels[channel] ?? 0) + share * value ** 2;
      found.whole += share * sum.reduce((total, value) => total + value, 0) ** 2;
    }
    progress(end / set.count);
    await pause();
  }
  return squares;
}

/** For each layer and channel: sum over kernel and bias of weight x gradient of the mean loss of a set. */
export function gradientTimesWeight(
  { operations, graph, weights, set }: GradientRequest,
  layers: readonly Layer[],
): Float64Array[] {
  const own = layers.map(({ weights: ofLayer }) => ofLayer.map(({ name }) => name));
  const names = own.flat();
  const values = names.map((name) => {
    const value = weights.get(name);
    if (value === undefined) throw new Error(`no value for the weight ${name}`);
    return value;
  });
  const products = new Map<string, ArrayLike<number>>();
  tf.tidy(() => {
    const images = imageTensor(graph, set.images);
    const labels = tf.tensor1d(Int32Array.from(set.labels), 'int32');
    const loss = (...given: Tensor[]): Scalar => {
      const current = new Map(weights);
      for (const [place, value] of given.entries()) current.set(names[place] ?? '', value);
      const { logits } = forward(graph, current, images, { operations, training: false });
      return tf.mean(operations.crossEntropy(logits, labels, 0));
    };
    for (const [place, gradient] of tf.grads(loss)(values).entries()) {
      const weight = values[place];
      if (weight === undefined) throw new Error('a gradient without its weight');
      products.set(names[place] ?? '', tf.mul(gradient, weight).dataSync<'float32'>());
    }
  });
  return layers.map((layer, place) => {
    const sums = new Float64Array(layer.output[2]);
    for (const name of own[place] ?? []) {
      // the filter is the last extent of a kernel, and of a depthwise kernel the last but one of [..., c, 1]
      const ofWeight = products.get(name) ?? [];
      for (let at = 0; at < ofWeight.length; at++)
        sums[at % sums.length] = (sums[at % sums.length] ?? 0) + (ofWeight[at] ?? 0);
    }
    return sums;
  });
}
