import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { batchesOf } from './evaluation-set.ts';
import type { FeaturePasses } from './feature-passes.ts';
import type { FeatureFiles } from './feature-storage.ts';
import { pooledWidth } from './pooled-width.ts';
import type { EvaluationSet, Features, Pooling, WeightValues } from './subject.ts';
import { cropToWindows } from './windows/saliency-window.ts';

/** Images of one forward pass at 32 pixels: the largest feature maps of a network then fit into a processor's cache. */
const BATCH = 100;
const SIDE = 32;

/** Batches from which compiling a pass takes less time than it saves. */
const MANY = 5;

export interface FeatureRequest {
  readonly passes: FeaturePasses;
  readonly graph: Graph;
  readonly weights: WeightValues;
  readonly set: EvaluationSet;
  readonly pooling: Pooling;
  readonly storage: FeatureFiles;
  /** Those to keep, in the graph's order. */
  readonly layers: readonly Layer[];
  /** Awaited after each batch. */
  readonly pause: () => Promise<void>;
}

/**
 * The features of several layers in one pass over the images; nothing of TensorFlow is left behind.
 * @throws Problem `disk-full`
 */
export async function computeFeatures(request: FeatureRequest): Promise<Features[]> {
  const { set, pooling, layers, storage } = request;
  const features = storage.open(
    layers.map(({ name, output }) => ({
      ...{ layer: name, rows: set.count, columns: pooledWidth(output, pooling) },
    })),
  );
  try {
    await passOver(request, (place, values) => features[place]?.append(values));
    return features;
  } catch (error) {
    for (const each of features) each.close();
    throw error;
  }
}

/** Windows are cut out of whole maps. @param onRows told of each layer, by its place, the features of the next images */
async function passOver(
  { passes, graph, weights, set, pooling, layers, pause }: FeatureRequest,
  onRows: (place: number, values: Float32Array) => void,
): Promise<void> {
  const size = batchSize(graph);
  const compiled = isWorthCompiling(set, size);
  const [passed, windows] = typeof pooling === 'string' ? [pooling, null] : (['map', pooling] as const);
  const wanted = { graph, pooling: passed, layers, batch: size };
  const pass = passes[compiled ? 'compiled' : 'eager'](wanted, weights);
  try {
    for (const { start, batch } of batchesOf(set, size)) {
      for (const [place, pooled] of pass.run(batch.images).entries()) {
        const output = layers[place]?.output;
        onRows(place, windows && output ? cropToWindows(windows, output, pooled, start) : pooled);
      }
      await pause();
    }
  } finally {
    pass.close();
  }
}

/** Whether there are so many batches of a set that compiling a pass saves time. */
export function isWorthCompiling({ count }: EvaluationSet, batch: number): boolean {
  return count >= MANY * batch;
}

/** Of larger images fewer, so that a pass takes as much memory: SqueezeNet's at 224 pixels is no slower with 2 than with 50. */
export function batchSize({ input }: Graph): number {
  const share = SIDE ** 2 / (input[0] * input[1]);
  return Math.max(1, Math.floor(BATCH * Math.min(1, share)));
}
