import { type Branch, branchesOf } from '../../../../src-shared/networks/branches.ts';
import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { nearestName } from '../../../../src-shared/mistakes/nearest-name.ts';
import { Problem } from '../../../../src-shared/mistakes/problem.ts';

/** What is left out of a network. */
export interface NamedParts {
  /** Where they meet others; who else reads their layers still gets the outputs. */
  readonly branches: readonly Branch[];
  /** Names of layers whose outputs nobody gets. */
  readonly layers: readonly string[];
  /** The layers whose outputs are replaced, for either. */
  readonly sources: readonly string[];
}

/**
 * Branches, layers and modules by their names. A name that branch and layer share is that of the branch; a module that is no branch
 * is the layer by which it is left.
 * @throws Problem `usage` for a name that there is not, the input, or the layer of the answers
 */
export function partsNamed(graph: Graph, names: readonly string[]): NamedParts {
  const all = branchesOf(graph);
  const branches: Branch[] = [];
  const layers: string[] = [];
  for (const name of names) {
    const own = all.filter((branch) => branch.name === name);
    if (own.length > 0) branches.push(...own);
    else layers.push(layerNamed(graph, name, all));
  }
  return { branches, layers, sources: [...new Set([...branches.map(({ source }) => source), ...layers])] };
}

function layerNamed(graph: Graph, name: string, branches: readonly Branch[]): string {
  const layer =
    graph.layers.find((each) => each.name === name) ?? graph.layers.findLast(({ module }) => module === name);
  if (layer === undefined) {
    const known = [
      ...branches.map((branch) => branch.name),
      ...graph.layers.flatMap((each) => [each.name, each.module ?? each.name]),
    ];
    const near = nearestName(name, known);
    throw new Problem(
      'usage',
      `without: the network has no branch, layer or module ${name}${near ? ` (did you mean ${near}?)` : ''}.`,
    );
  }
  if (layer === graph.layers[0] || layer === graph.layers.at(-1))
    throw new Problem(
      'usage',
      `without: ${name} is the network’s ${layer.inputs.length === 0 ? 'input' : 'answer'}, and cannot be left out.`,
    );
  return layer.name;
}
