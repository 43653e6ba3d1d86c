import type { NetworkCheckpoint } from '../checkpoints/network-checkpoint.ts';
import { parseNetwork, resolveNetwork } from '../../src-shared/networks/parse-network.ts';

/**
 * A network that tells only some of its classes apart: all is as before, but of the last layer the other outputs are left
 * away. Its logits are those of the whole network; probabilities are among the classes that are left.
 * @param outputs numbers of the classes that stay, in their new order
 * @param classes their names
 */
export function restrictClasses(
  checkpoint: NetworkCheckpoint,
  outputs: readonly number[],
  classes: readonly string[],
): NetworkCheckpoint {
  const { graph, metadata } = checkpoint;
  const description = { ...(JSON.parse(metadata['network'] ?? '{}') as object), classes: classes.length };
  const restricted = resolveNetwork(parseNetwork(description), {
    input: graph.input,
    classes: classes.length,
  });
  const last = graph.layers.findLast(({ weights }) => weights.length > 0);
  const weights = new Map(checkpoint.weights);
  for (const { name } of last?.weights ?? []) {
    const values = checkpoint.weights.get(name) ?? new Float32Array();
    weights.set(name, chosenOutputs(values, graph.classes, outputs));
  }
  return { ...checkpoint, graph: restricted, classes, weights };
}

/** Of values whose last axis is that of the outputs those of some. */
function chosenOutputs(values: Float32Array, all: number, outputs: readonly number[]): Float32Array {
  const count = outputs.length;
  return Float32Array.from({ length: (values.length / all) * count }, (_, index) => {
    const output = outputs[index % count] ?? 0;
    return values[Math.floor(index / count) * all + output] ?? 0;
  });
}
