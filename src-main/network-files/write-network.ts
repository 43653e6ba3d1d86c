import { normalizationOf } from '../../src-shared/networks/preprocessing.ts';
import { writeSafetensors, type WrittenFile } from '../checkpoints/safetensors.ts';
import type { ImportedNetwork } from './import-network.ts';

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
  const { mean, std } = normalizationOf(preprocessing);
  return writeSafetensors(file, tensors, {
    format: 'kindling',
    kind: 'imported',
    network: JSON.stringify(description),
    input: JSON.stringify(graph.input),
    classes: JSON.stringify(classes.names),
    mean: JSON.stringify(mean),
    std: JSON.stringify(std),
  });
}
