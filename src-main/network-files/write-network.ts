import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Shape } from '../../src-shared/networks/layer.ts';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { resolveNetwork } from '../../src-shared/networks/parse-network.ts';
import { normalizationOf, type Preprocessing } from '../../src-shared/networks/preprocessing.ts';
import { findCheckpoint, networkOwner } from '../checkpoints/find-checkpoint.ts';
import { readNetworkCheckpoint } from '../checkpoints/network-checkpoint.ts';
import { readSafetensors, writeSafetensors, type WrittenFile } from '../checkpoints/safetensors.ts';
import { plainName } from '../files/plain-name.ts';
import { type ImportedNetwork, turnChannels } from './import-network.ts';

/** In the metadata: the input for which the graph was compared with the program of its file. */
const COMPARED = 'compared';

/**
 * Writes an imported network as a checkpoint (docs/checkpoints.md), whole or not at all.
 * @throws Problem `disk-full`
 */
export function writeNetwork(
  file: string,
  {
    tensors,
    description,
    graph,
    classes,
    preprocessing,
    isCompared,
  }: Omit<ImportedNetwork, 'format' | 'layers' | 'notes'>,
): WrittenFile {
  return writeSafetensors(file, tensors, {
    format: 'kindling',
    kind: 'imported',
    network: JSON.stringify(description),
    input: JSON.stringify(graph.input),
    classes: JSON.stringify(classes.names),
    ...normalizationMetadata(preprocessing),
    ...(isCompared ? { [COMPARED]: JSON.stringify(graph.input) } : {}),
  });
}

/**
 * Writes the checkpoint of an imported network anew with another input or other preprocessing.
 * @param folder of its artifacts
 * @param file name of the new one, in the same folder
 * @throws Problem `data-missing` or `data-invalid` for a checkpoint that is gone or another one, `network-invalid` or `usage` for
 *   an input that the network cannot have, `disk-full`
 */
export function rewriteNetwork(
  folder: string,
  before: Pick<NetworkRecord, 'name' | 'description' | 'file' | 'sha256' | 'preprocessing'>,
  {
    file,
    input,
    preprocessing,
  }: { readonly file: string; readonly input: Shape; readonly preprocessing: Preprocessing },
): WrittenFile {
  const { name, sha256 } = before;
  const kind = 'imported';
  const checkpoints = [{ kind, file: before.file, sha256 }];
  const from = findCheckpoint(networkOwner(name), folder, checkpoints, kind);
  const { metadata } = readSafetensors(from);
  requireCompared(name, metadata[COMPARED], input);
  const { graph, weights } = readNetworkCheckpoint(from);
  requireSameWeights(before, graph, input);
  const tensors = graph.layers.flatMap((layer) =>
    layer.weights.map(({ name, shape }) => ({
      name,
      shape,
      values: weights.get(name) ?? new Float32Array(),
    })),
  );
  const isTurned = before.preprocessing.channels !== preprocessing.channels;
  return writeSafetensors(join(folder, plainName(file)), isTurned ? turnChannels(tensors) : tensors, {
    ...metadata,
    input: JSON.stringify(input),
    ...normalizationMetadata(preprocessing),
  });
}

/** Windows that end alike on maps of one size may not on those of another. @throws Problem `usage` */
function requireCompared(name: string, compared: string | undefined, wanted: Shape): void {
  if (compared === undefined || compared === JSON.stringify(wanted)) return;
  const input = (JSON.parse(compared) as Shape).join('x');
  throw new Problem(
    'usage',
    `The network ${name} was compared with what its file computes for ${input} images only: import the file again for ${wanted.join('x')} images.`,
  );
}

/** Dense layers that read a whole map have weights for its size. @throws Problem `usage` with such a layer, `network-invalid` */
export function requireSameWeights(
  { name, description }: Pick<NetworkRecord, 'name' | 'description'>,
  { layers, input, classes }: Graph,
  wanted: Shape,
): void {
  const other = resolveNetwork(description, { input: wanted, classes });
  const shapes = new Map(
    other.layers.flatMap(({ weights }) => weights).map((each) => [each.name, each.shape]),
  );
  for (const layer of layers)
    for (const weight of layer.weights) {
      const shape = shapes.get(weight.name) ?? [];
      if (isDeepStrictEqual(shape, weight.shape)) continue;
      throw new Problem(
        'usage',
        `The network ${name} cannot take ${wanted.join('x')} images: ${layer.name} has weights of [${weight.shape.join(', ')}] for ${input.join('x')}, and would need [${shape.join(', ')}].`,
      );
    }
}

function normalizationMetadata(preprocessing: Preprocessing): {
  readonly mean: string;
  readonly std: string;
} {
  const { mean, std } = normalizationOf(preprocessing);
  return { mean: JSON.stringify(mean), std: JSON.stringify(std) };
}
