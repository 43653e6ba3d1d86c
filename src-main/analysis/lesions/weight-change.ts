import type { Graph } from '../../../src-shared/networks/graph.ts';
import { weightTensors } from '../network-tensors.ts';
import type { WeightValues } from '../subject.ts';
import type { Change } from './score-changes.ts';

/**
 * The network with other values for weights of some layers.
 * @param layers those that may change
 * @param values by the weights' names; what is missing stays
 */
export function weightChange({ layers }: Pick<Graph, 'layers'>, values: WeightValues): Change {
  const changed = layers
    .map((layer) => ({ ...layer, weights: layer.weights.filter(({ name }) => values.has(name)) }))
    .filter(({ weights }) => weights.length > 0);
  return {
    layers: changed.map(({ name }) => name),
    weights: () => weightTensors({ layers: changed }, values),
  };
}
