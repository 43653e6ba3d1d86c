import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import type { Engine } from '../engine/engine.ts';
import { forward } from '../engine/model.ts';
import { batchesOf } from './evaluation-set.ts';
import { pooledWidth, poolFeatures } from './pool-features.ts';
import type { EvaluationSet, Features, Pooling, WeightValues } from './subject.ts';

/** Images of one forward pass: the largest feature maps of a network at 32 pixels then fit into a processor's cache. */
const BATCH = 100;

export interface FeatureRequest {
  readonly engine: Engine;
  readonly graph: Graph;
  readonly weights: WeightValues;
  readonly set: EvaluationSet;
  readonly pooling: Pooling;
  /** Those to keep, in the graph's order. */
  readonly layers: readonly Layer[];
  /** Awaited after each batch. */
  readonly pause: () => Promise<void>;
}

/** The features of several layers in one pass over the images; nothing of TensorFlow is left behind. */
export async function computeFeatures(request: FeatureRequest): Promise<Features[]> {
  const { engine, graph, set, pooling, layers, pause } = request;
  const wanted = new Map(
    layers.map(({ name, output }) => {
      const columns = pooledWidth(output[2], pooling);
      const values = new Float32Array(set.count * columns);
      return [name, { layer: name, rows: set.count, columns, values }];
    }),
  );
  const weights = weightTensors(graph, request.weights);
  try {
    for (const { start, batch } of batchesOf(set, BATCH)) {
      tf.tidy(() => {
        const images = imageTensor(graph, batch.images);
        const onLayer = (layer: Layer, output: Tensor4D): void => {
          const features = wanted.get(layer.name);
          if (features === undefined) return;
          const pooled = tf.tidy(() => poolFeatures(output, pooling));
          features.values.set(pooled.dataSync(), start * features.columns);
          pooled.dispose();
        };
        forward(graph, weights, images, { operations: engine.operations, training: false, onLayer });
      });
      await pause();
    }
  } finally {
    for (const tensor of weights.values()) tensor.dispose();
  }
  return [...wanted.values()];
}

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
