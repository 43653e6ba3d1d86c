import { Problem } from '../../src-shared/mistakes/problem.ts';
import { type Checked, right } from '../../src-shared/mistakes/mistake.ts';
import { type Branch, branchesOf } from '../../src-shared/networks/branches.ts';
import { networkCost, type NetworkCost } from '../../src-shared/networks/costs.ts';
import type { NetworkContext } from '../../src-shared/networks/family.ts';
import { parseNetwork, resolveNetwork } from '../../src-shared/networks/parse-network.ts';
import { layOutNetwork, type DrawnBlock } from '../../src-shared/networks/lay-out-network.ts';

export interface ShownNetwork {
  /** What it is, e.g. the cell's factors. */
  readonly title: string;
  readonly cost: NetworkCost;
  readonly blocks: readonly DrawnBlock[];
  readonly branches: readonly Branch[];
}

/** The network, or why there is none, at `network.<field>`. */
export function showNetwork(
  title: string,
  description: Readonly<Record<string, unknown>>,
  context: NetworkContext,
): Checked<ShownNetwork> {
  try {
    const graph = resolveNetwork(parseNetwork(description), context);
    const cost = networkCost(graph);
    return right({ title, cost, blocks: layOutNetwork(graph, cost), branches: branchesOf(graph) });
  } catch (error) {
    if (error instanceof Problem) return { ok: false, mistakes: error.mistakes };
    throw error;
  }
}
