import { Problem } from '../../../src-shared/contract/problem.ts';
import { networkCost, type NetworkCost } from '../../../src-shared/networks/costs.ts';
import type { NetworkContext } from '../../../src-shared/networks/family.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { layOutNetwork, type DrawnBlock } from '../../network/lay-out-network.ts';

export interface ShownNetwork {
  /** What it is, e.g. the cell's factors. */
  readonly title: string;
  readonly cost: NetworkCost;
  readonly blocks: readonly DrawnBlock[];
}

/** The network, or the sentence that says why there is none. */
export function showNetwork(
  title: string,
  description: Readonly<Record<string, unknown>>,
  context: NetworkContext,
): ShownNetwork | string {
  try {
    const graph = resolveNetwork(parseNetwork(description), context);
    const cost = networkCost(graph);
    return { title, cost, blocks: layOutNetwork(graph, cost) };
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}
