import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { BATCH_NORM } from '../../../src-shared/networks/layers/parts/batch-norm.ts';
import type { WeightValues } from '../subject.ts';

/** A graph and values for its weights. */
export interface Network {
  readonly graph: Graph;
  readonly weights: WeightValues;
}

type NormalizedLayer = Extract<Layer, { batchNorm: boolean }>;

/**
 * The same network without batch norm: with moving statistics a norm is a scale s = gamma / sqrt(variance + epsilon)
 * and a shift for each filter, so that kernel x s with the bias beta - mean x s computes the same. A network without
 * batch norm is returned as it is.
 */
export function foldBatchNorm({ graph, weights }: Network): Network {
  const folded = new Map(weights);
  const layers = graph.layers.map((layer) => {
    if (!isNormalized(layer)) return layer;
    const { kernel, bias } = foldedValues(layer, weights);
    const [kernelWeight] = layer.weights;
    if (kernelWeight === undefined) throw new Error(`layer ${layer.name} has no kernel`);
    const biasWeight = {
      name: `${layer.name}/bias`,
      kind: 'bias' as const,
      shape: [bias.length],
      trainable: true,
      initializer: { kind: 'constant' as const, value: 0 },
    };
    folded.set(kernelWeight.name, kernel).set(biasWeight.name, bias);
    return { ...layer, batchNorm: false, weights: [kernelWeight, biasWeight] };
  });
  return { graph: { ...graph, layers }, weights: folded };
}

/** Whether anything in the network is folded: what a result says of it. */
export function batchNormSetting(graph: Graph): 'folded' | 'none' {
  return graph.layers.some(isNormalized) ? 'folded' : 'none';
}

function isNormalized(layer: Layer): layer is NormalizedLayer {
  return 'batchNorm' in layer && layer.batchNorm;
}

function foldedValues(
  layer: NormalizedLayer,
  weights: WeightValues,
): { readonly kernel: Float32Array; readonly bias: Float32Array } {
  const valuesOf = (field: string): Float32Array => {
    const values = weights.get(`${layer.name}/${field}`);
    if (values === undefined) throw new Error(`no value for the ${field} of layer ${layer.name}`);
    return values;
  };
  const [beta, mean, variance] = [valuesOf('beta'), valuesOf('moving_mean'), valuesOf('moving_variance')];
  const scale = valuesOf('gamma').map(
    (gamma, channel) => gamma / Math.sqrt((variance[channel] ?? 0) + BATCH_NORM.epsilon),
  );
  // the filter is the last extent of a kernel, and of a depthwise kernel the last but one of [..., c, 1]
  const kernel = valuesOf('kernel').map((value, place) => value * (scale[place % scale.length] ?? 0));
  const bias = beta.map((shift, channel) => shift - (mean[channel] ?? 0) * (scale[channel] ?? 0));
  return { kernel, bias };
}
