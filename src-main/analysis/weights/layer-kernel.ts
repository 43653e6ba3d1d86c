import { isSliding, type SlidingLayer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import type { WeightValues } from '../subject.ts';
import type { Network } from './fold-batch-norm.ts';

/**
 * The kernel of a convolution: `values` is [taps, inputs, filters], taps row by row. A depthwise kernel has one input
 * and as many filters as channels; of a grouped convolution `inputs` are those of one group.
 */
export interface LayerKernel {
  readonly layer: SlidingLayer;
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly filters: number;
  readonly values: Float32Array;
}

/** The kernels of all convolutions, in the graph's order. */
export function layerKernels({ graph, weights }: Network): LayerKernel[] {
  return graph.layers.filter(isSliding).map((layer) => layerKernel(layer, weights));
}

export function layerKernel(layer: SlidingLayer, weights: WeightValues): LayerKernel {
  const values = weights.get(`${layer.name}/kernel`);
  if (values === undefined) throw new Error(`no value for the kernel of layer ${layer.name}`);
  const [height, width] = layer.kernel;
  const filters = layer.output[2];
  return { layer, height, width, inputs: values.length / (height * width * filters), filters, values };
}

/** Each filter as one vector of taps x inputs values: the rows of the matrix O x (I k k). */
export function filterVectors({ height, width, inputs, filters, values }: LayerKernel): Float64Array[] {
  const length = height * width * inputs;
  return Array.from({ length: filters }, (_, filter) =>
    Float64Array.from({ length }, (_unused, place) => values[place * filters + filter] ?? 0),
  );
}
