import { join } from 'node:path';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { normalizationOf, type Preprocessing } from '../../src-shared/networks/preprocessing.ts';
import { findCheckpoint, networkOwner } from '../checkpoints/find-checkpoint.ts';
import { readNetworkCheckpoint } from '../checkpoints/network-checkpoint.ts';
import { readSafetensors, writeSafetensors, type WrittenFile } from '../checkpoints/safetensors.ts';
import { plainName } from '../files/plain-name.ts';
import { type ImportedNetwork, turnChannels } from './import-network.ts';

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
  }: Omit<ImportedNetwork, 'format' | 'layers' | 'notes'>,
): WrittenFile {
  return writeSafetensors(file, tensors, {
    format: 'kindling',
    kind: 'imported',
    network: JSON.stringify(description),
    input: JSON.stringify(graph.input),
    classes: JSON.stringify(classes.names),
    ...normalizationMetadata(preprocessing),
  });
}

/**
 * Writes the checkpoint of an imported network anew with other preprocessing.
 * @param folder of its artifacts
 * @param file name of the new one, in the same folder
 * @throws Problem `data-missing` or `data-invalid` for a checkpoint that is gone or another one, `disk-full`
 */
export function rewriteNetwork(
  folder: string,
  before: Pick<NetworkRecord, 'name' | 'file' | 'sha256' | 'preprocessing'>,
  { file, preprocessing }: { readonly file: string; readonly preprocessing: Preprocessing },
): WrittenFile {
  const { name, sha256 } = before;
  const kind = 'imported';
  const checkpoints = [{ kind, file: before.file, sha256 }];
  const from = findCheckpoint(networkOwner(name), folder, checkpoints, kind);
  const { metadata } = readSafetensors(from);
  const { graph, weights } = readNetworkCheckpoint(from);
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
    ...normalizationMetadata(preprocessing),
  });
}

function normalizationMetadata(preprocessing: Preprocessing): {
  readonly mean: string;
  readonly std: string;
} {
  const { mean, std } = normalizationOf(preprocessing);
  return { mean: JSON.stringify(mean), std: JSON.stringify(std) };
}
