import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { isKernel } from '../../../../src-shared/networks/weights.ts';
import { randomStream } from '../../../../src-shared/random.ts';
import type { WeightValues } from '../../subject.ts';

/**
 * A random direction in the space of a network's weights: independent normal values, scaled by `normalizeFilters`.
 * Streams are named by the weights, so that networks of one graph get the same values before they are scaled.
 * @param axis tells the directions of one seed apart
 */
export function filterDirection(
  graph: Graph,
  weights: WeightValues,
  seed: number,
  axis: number,
): WeightValues {
  return normalizeFilters(graph, weights, (name, length) => {
    const stream = randomStream(seed, 'loss landscape', axis, name);
    return Float32Array.from({ length }, () => stream.normal());
  });
}

/**
 * Filter normalisation (Li et al., arXiv 1712.09913, section 4): each filter of the direction becomes as long as the
 * network's own filter, in the L2 norm. A filter is what makes one output channel: of a convolution all taps and inputs, of
 * a depthwise kernel the taps of a channel, of a dense layer the weights of a unit. Biases and the parameters and moving
 * statistics of batch norm have no part in it.
 *
 * @param draw values of a kernel's direction, as many as the kernel has and in its layout
 * @returns by the names of the kernels, in their layouts
 */
export function normalizeFilters(
  { layers }: Pick<Graph, 'layers'>,
  weights: WeightValues,
  draw: (name: string, length: number) => Float32Array,
): WeightValues {
  const direction = new Map<string, Float32Array>();
  for (const layer of layers)
    for (const { name } of layer.weights.filter(isKernel)) {
      const kernel = weights.get(name);
      if (kernel === undefined) throw new Error(`no value for the weight ${name}`);
      const values = draw(name, kernel.length);
      const filters = layer.output[2];
      const [wanted, drawn] = [filterNorms(kernel, filters), filterNorms(values, filters)];
      // a filter that is zero stays where it is
      const factors = wanted.map((norm, filter) => (norm > 0 ? norm / (drawn[filter] ?? NaN) : 0));
      direction.set(
        name,
        values.map((value, at) => value * (factors[at % filters] ?? NaN)),
      );
    }
  return direction;
}

/** L2 norm of each filter of a kernel, whose layout has the filters last (of a depthwise kernel, the channels). */
export function filterNorms(kernel: Float32Array, filters: number): Float64Array {
  const squares = new Float64Array(filters);
  for (const [at, value] of kernel.entries())
    squares[at % filters] = (squares[at % filters] ?? NaN) + value * value;
  return squares.map(Math.sqrt);
}
