import { networkCost, type NetworkCost } from '../../../src-shared/networks/costs.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';

/** The graph of a description for square colour images. */
export function graphOf(fields: Readonly<Record<string, unknown>>, side = 224, classes = 1000): Graph {
  const input: Shape = [side, side, 3];
  return resolveNetwork(parseNetwork(fields), { input, classes });
}

export function costOf(fields: Readonly<Record<string, unknown>>, side = 224, classes = 1000): NetworkCost {
  return networkCost(graphOf(fields, side, classes));
}
