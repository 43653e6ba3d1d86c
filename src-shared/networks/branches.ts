import { BYPASS } from './role.ts';
import { networkCost } from './costs.ts';
import type { Graph } from './graph.ts';
import { kindOf, type Layer } from './layers/layer-kinds.ts';

/** One of the ways that meet in a layer which joins them, a concatenation or an addition: what a network can lose and still run on. */
export interface Branch {
  /** The layer's name where it is one layer, the module's where it is several, `<module>/bypass` where it is none. */
  readonly name: string;
  readonly role: string | null;
  /** The layer in which it meets the others, and its place among those. */
  readonly merge: string;
  readonly place: number;
  /** The layer whose output it hands over. */
  readonly source: string;
  /** Those that only this branch has; none for a bypass without a convolution. */
  readonly layers: readonly string[];
  /** Of these layers. */
  readonly parameters: number;
  readonly macs: number;
}

/** All branches, in the order of the graph. */
export function branchesOf(graph: Graph): Branch[] {
  const ancestors = ancestorsOf(graph);
  const costs = new Map(networkCost(graph).layers.map((cost) => [cost.name, cost]));
  const layers = new Map(graph.layers.map((layer) => [layer.name, layer]));
  return graph.layers
    .filter((layer) => kindOf(layer).joins)
    .flatMap((merge) =>
      merge.inputs.map((source, place): Branch => {
        const others = merge.inputs.filter((_, other) => other !== place);
        const shared = new Set(others.flatMap((other) => [...(ancestors.get(other) ?? [])]));
        const own = [...(ancestors.get(source) ?? [])].filter((name) => !shared.has(name));
        const total = (key: 'parameters' | 'macs'): number =>
          own.reduce((sum, name) => sum + (costs.get(name)?.[key] ?? 0), 0);
        const [only] = own.length === 1 ? own.map((name) => layers.get(name)) : [];
        return {
          ...nameOf(merge, own.length, only),
          ...{ merge: merge.name, place, source, layers: own },
          ...{ parameters: total('parameters'), macs: total('macs') },
        };
      }),
    );
}

function nameOf(merge: Layer, layers: number, only: Layer | undefined): Pick<Branch, 'name' | 'role'> {
  if (only !== undefined) return { name: only.name, role: only.role };
  const module = merge.module ?? merge.name;
  return layers === 0 ? { name: `${module}/bypass`, role: BYPASS.name } : { name: module, role: null };
}

/** Of each layer: itself and all that it rests on. */
function ancestorsOf(graph: Graph): Map<string, Set<string>> {
  const ancestors = new Map<string, Set<string>>();
  for (const { name, inputs } of graph.layers)
    ancestors.set(name, new Set([...inputs.flatMap((input) => [...(ancestors.get(input) ?? [])]), name]));
  return ancestors;
}
