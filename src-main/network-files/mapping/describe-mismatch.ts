import { counted } from '../../../src-shared/counted.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { kernelExtents } from './layouts.ts';
import { kernelOf, type LayerMatch } from './match-layers.ts';
import { outputsOf } from './source-layers.ts';

/** As many layers as are named before the others are counted. */
const NAMED = 5;

/**
 * In one message, every layer that a file has too many, or lacks, or has in another shape.
 * @param strange what its program does that no network here does, in clauses
 */
export function describeMismatch(
  { graph, match }: { readonly graph: Graph; readonly match: LayerMatch },
  strange: readonly string[],
  file: string,
): string {
  const { missing, left, normless } = match;
  const network = networkWords(graph);
  const [lacking, other] = [missing[0], left[0]];
  const classifier = graph.layers.findLast(({ weights }) => weights.length > 0);
  if (missing.length === 1 && left.length === 1 && lacking === classifier && other !== undefined)
    return (
      `${file} is a network of ${counted(outputsOf(other), 'class', 'classes')}, not ${graph.classes}: ` +
      `${other.name} is ${shapeOf(kernelExtents(other))}, ${classifier?.name} of ${network} ` +
      `${shapeOf(classifier === undefined ? [] : kernelOf(classifier).shape)}. Leave out classes, or give the file's number.`
    );
  const lines = [
    ...named(
      missing.map((layer) => `${layer.name} ${shapeOf(kernelOf(layer).shape)}`),
      'not in the file',
    ),
    ...named(
      left.map((source) => `${source.name} ${shapeOf(kernelExtents(source))}`),
      'only in the file',
    ),
    ...named(
      normless.map(({ layer, source }) => `${source.norm?.name ?? source.name} (behind ${layer.name})`),
      'a batch norm that the network does not have',
    ),
    ...named(strange, 'in its program'),
  ];
  return (
    `${file} is no ${network}, the nearest of the networks that it was compared with. Kernels as height, width, inputs, filters:\n` +
    `${lines.join('\n')}\nGive its own family, fields and input if it is another network.`
  );
}

/** What a network computes otherwise than a file's program does with weights that fit. */
export function describeDifferences(graph: Graph, differences: readonly string[], file: string): string {
  const more = differences.length > NAMED ? `\n  and ${differences.length - NAMED} more` : '';
  return (
    `${file} has the layers of ${networkWords(graph)}, but computes otherwise with them:\n` +
    `${differences
      .slice(0, NAMED)
      .map((each) => `  ${each}`)
      .join('\n')}${more}\nGive its own family, fields and input if it is another network.`
  );
}

function networkWords({ family, input, classes }: Graph): string {
  return `${family} for ${input.join('x')} and ${counted(classes, 'class', 'classes')}`;
}

function named(layers: readonly string[], what: string): string[] {
  if (layers.length === 0) return [];
  const more = layers.length > NAMED ? `, and ${layers.length - NAMED} more` : '';
  return [`  ${what}: ${layers.slice(0, NAMED).join(', ')}${more}`];
}

function shapeOf(shape: readonly number[]): string {
  return `[${(shape.length === 2 ? [1, 1, ...shape] : shape).join(', ')}]`;
}
