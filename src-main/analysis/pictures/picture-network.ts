import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { BATCH_NORM } from '../../../src-shared/networks/layers/parts/batch-norm.ts';
import { forward, type Weights } from '../../engine/model.ts';
import { composedOperations } from '../../engine/composed-operations.ts';
import type { Operations } from '../../engine/operations.ts';
import { weightTensors } from '../network-tensors.ts';
import type { Subject, WeightValues } from '../subject.ts';

/** A trained network on the engine, through which gradients flow. */
export interface PictureNetwork {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly operations: Operations;
}

/** Outputs of all layers by name, each [n, h, w, c]; the input among them. */
export type LayerOutputs = ReadonlyMap<string, Tensor4D>;

/** Hands a network with these weights to `use` and clears it away afterwards. */
export async function withNetwork<Result>(
  { graph, engine }: Pick<Subject, 'graph' | 'engine'>,
  values: WeightValues,
  use: (network: PictureNetwork) => Promise<Result>,
): Promise<Result> {
  const weights = weightTensors(graph, values);
  try {
    return await use({ graph, weights, operations: differentiableOperations(engine.operations) });
  } finally {
    for (const tensor of weights.values()) tensor.dispose();
  }
}

/** What a batch of images makes of every layer. Call it inside a tidy. */
export function layerOutputs({ graph, weights, operations }: PictureNetwork, images: Tensor4D): LayerOutputs {
  const outputs = new Map<string, Tensor4D>();
  const onLayer = ({ name }: Layer, output: Tensor4D): void => void outputs.set(name, output);
  forward(graph, weights, images, { operations, training: false, onLayer });
  return outputs;
}

/** [n, classes], before softmax. Call it inside a tidy. */
export function logitsOf({ graph, weights, operations }: PictureNetwork, images: Tensor4D): Tensor2D {
  return forward(graph, weights, images, { operations, training: false }).logits;
}

/**
 * A graph that ends with a layer: what were the logits is then that layer's output, flattened to [n, h w c].
 * Its gradients need no more than the layers before it.
 */
export function endingAt(graph: Graph, layer: string): Graph {
  const place = graph.layers.findIndex(({ name }) => name === layer);
  const layers = graph.layers.slice(0, place + 1);
  const classes = layers.at(-1)?.output.reduce((product, extent) => product * extent, 1);
  if (classes === undefined) throw new Error(`the network has no layer ${layer}`);
  return { ...graph, layers, classes };
}

/** An engine's operations with a gradient through the batch norm of a trained network, which a training never asks for. */
export function differentiableOperations(operations: Operations): Operations {
  return {
    ...operations,
    // in parts, each of which a gradient of another kind may replace
    biasedConvolution(...given) {
      return composedOperations.biasedConvolution.apply(this, given);
    },
    convolveBeside: () => null,
    batchNormInference(x, { gamma, beta, movingMean, movingVariance }, relu) {
      const scale = tf.div(gamma, tf.sqrt(tf.add(movingVariance, BATCH_NORM.epsilon)));
      const output = tf.add<Tensor4D>(tf.mul(x, scale), tf.sub(beta, tf.mul(movingMean, scale)));
      return relu ? this.relu(output) : output;
    },
  };
}
