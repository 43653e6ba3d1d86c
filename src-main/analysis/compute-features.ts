import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { batchesOf } from './evaluation-set.ts';
import type { FeaturePasses } from './feature-passes.ts';
import { pooledWidth } from './pool-features.ts';
import type { EvaluationSet, Features, Pooling, WeightValues } from './subject.ts';

/** Images of one forward pass: the largest feature maps of a network at 32 pixels then fit into a processor's cache. */
const BATCH = 100;

/** Batches from which compiling a pass takes less time than it saves. */
const MANY = 5;

export interface FeatureRequest {
  readonly passes: FeaturePasses;
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
  const { passes, graph, set, pooling, layers, pause } = request;
  const found = layers.map(({ name, output }) => {
    const columns = pooledWidth(output, pooling);
    return { layer: name, rows: set.count, columns, values: new Float32Array(set.count * columns) };
  });
  const compiled = set.count >= MANY * BATCH;
  const wanted = { graph, pooling, layers, batch: BATCH };
  const pass = passes[compiled ? 'compiled' : 'eager'](wanted, request.weights);
  try {
    for (const { start, batch } of batchesOf(set, BATCH)) {
      for (const [place, pooled] of pass.run(batch.images).entries()) {
        const { values, columns } = found[place] as Features;
        values.set(pooled, start * columns);
      }
      await pause();
    }
  } finally {
    pass.close();
  }
  return found;
}
