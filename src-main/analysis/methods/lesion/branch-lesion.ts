import type { Graph } from '../../../../src-shared/networks/graph.ts';
import type { Branch } from '../../../../src-shared/networks/branches.ts';
import type { Replacement } from '../../lesions/replacement.ts';
import { replaced } from '../../lesions/replacements.ts';
import type { Change } from '../../lesions/score-changes.ts';

/**
 * The network with a branch replaced where it meets the others; whoever else reads the same layer still gets its output.
 * @param means of the channels of the branch's source
 */
export function branchLesion(
  graph: Graph,
  branch: Branch,
  replacement: Replacement,
  means: ArrayLike<number>,
): Change {
  const { merge, place, source } = branch;
  const substitute = `${source} as ${merge} reads it`;
  return {
    layers: [merge],
    graph: {
      ...graph,
      layers: graph.layers.map((layer) =>
        layer.name === merge ? { ...layer, inputs: layer.inputs.with(place, substitute) } : layer,
      ),
    },
    replace: (intact, firstImage) => {
      const output = intact.get(source);
      if (output === undefined) throw new Error(`no output of ${source}`);
      return new Map([[substitute, replaced(output, replacement, means, firstImage)]]);
    },
  };
}
