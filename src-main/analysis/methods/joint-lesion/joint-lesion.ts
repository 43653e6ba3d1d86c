import type { Graph } from '../../../../src-shared/networks/graph.ts';
import type { Replacement } from '../../lesions/replacement.ts';
import { replaced } from '../../lesions/replacements.ts';
import type { Change, Outputs } from '../../lesions/score-changes.ts';
import type { NamedParts } from './parts-named.ts';

/**
 * The network without all of these parts: branches where they meet the others, layers for all who read them.
 * @param means of the channels of each source; needed where they replace it
 */
export function jointLesion(
  graph: Graph,
  { branches, layers }: NamedParts,
  replacement: Replacement,
  means: ReadonlyMap<string, ArrayLike<number>>,
): Change {
  const substitutes = new Map(branches.map(({ merge, place, source }) => [`${merge}\n${place}`, source]));
  const nameOf = (merge: string, place: number): string => `input ${place} of ${merge}`;
  const rewired = graph.layers.map((layer) => ({
    ...layer,
    inputs: layer.inputs.map((input, place) =>
      substitutes.has(`${layer.name}\n${place}`) ? nameOf(layer.name, place) : input,
    ),
  }));
  return {
    layers: [...new Set([...branches.map(({ merge }) => merge), ...layers])],
    graph: { ...graph, layers: rewired },
    replace: (intact, firstImage) => {
      const stand = (source: string) => {
        const output = outputOf(intact, source);
        return replaced(output, replacement, means.get(source) ?? [], firstImage);
      };
      return new Map([
        ...branches.map(({ merge, place, source }) => [nameOf(merge, place), stand(source)] as const),
        ...layers.map((layer) => [layer, stand(layer)] as const),
      ]);
    },
  };
}

function outputOf(intact: Outputs, source: string) {
  const output = intact.get(source);
  if (output === undefined) throw new Error(`no output of ${source}`);
  return output;
}
