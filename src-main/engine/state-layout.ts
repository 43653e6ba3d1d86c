import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Weight } from '../../src-shared/networks/layer.ts';
import { isKernel, weightSize } from '../../src-shared/networks/weights.ts';

/** A weight's place in the flat vector that holds it. */
export interface Place {
  readonly weight: Weight;
  readonly offset: number;
  readonly size: number;
  /** Output channels of its layer. Its values are rows of so many, one for each of them. */
  readonly channels: number;
}

/**
 * How a network's weights lie in two flat vectors: `parameters` (what is trained) and `statistics` (the
 * moving statistics of batch norm). As one vector each, an optimizer's update is a handful of ops for the
 * whole network instead of a handful for each of its hundred weights.
 */
export interface StateLayout {
  /** Kernels first, in the graph's order, then all else that is trained. */
  readonly parameters: readonly Place[];
  readonly parameterCount: number;
  /** Values at the start of `parameters` that are kernels: those that weight decay acts on. */
  readonly kernelCount: number;
  readonly statistics: readonly Place[];
  readonly statisticCount: number;
}

export function stateLayout(graph: Graph): StateLayout {
  const weights = graph.layers.flatMap((layer) =>
    layer.weights.map((weight) => ({ weight, size: weightSize(weight), channels: layer.output[2] })),
  );
  const kernels = weights.filter(({ weight }) => isKernel(weight));
  const others = weights.filter(({ weight }) => weight.trainable && !isKernel(weight));
  const moving = weights.filter(({ weight }) => !weight.trainable);
  return {
    parameters: places([...kernels, ...others]),
    parameterCount: total([...kernels, ...others]),
    kernelCount: total(kernels),
    statistics: places(moving),
    statisticCount: total(moving),
  };
}

/** The values of each weight, as views into the flat vectors. */
export function splitState(
  layout: StateLayout,
  parameters: Float32Array,
  statistics: Float32Array,
): Map<string, Float32Array> {
  const views = new Map<string, Float32Array>();
  for (const { weight, offset, size } of layout.parameters)
    views.set(weight.name, parameters.subarray(offset, offset + size));
  for (const { weight, offset, size } of layout.statistics)
    views.set(weight.name, statistics.subarray(offset, offset + size));
  return views;
}

type Sized = Omit<Place, 'offset'>;

function places(weights: readonly Sized[]): Place[] {
  let offset = 0;
  return weights.map((each) => {
    const place = { ...each, offset };
    offset += each.size;
    return place;
  });
}

function total(weights: readonly Sized[]): number {
  return weights.reduce((sum, { size }) => sum + size, 0);
}
