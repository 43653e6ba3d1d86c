import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { type CompressedKernel, type CompressedNetwork, isCompressed } from './compressed-network.ts';
import { shareWeights } from './share-weights.ts';
import { sparseEntries } from './sparse-kernel.ts';

export interface SharingOptions {
  /** Bits of a code in a layer, from 2 to 8. */
  readonly codeBits: (layer: Layer) => number;
  /** Bits of a gap, from 1 to 8. */
  readonly indexBits: number;
}

/**
 * Shares and indexes the kernels of a network.
 * @param weights by name; those that are zero stay zero
 */
export function compressNetwork(
  graph: Graph,
  weights: ReadonlyMap<string, Float32Array>,
  { codeBits, indexBits }: SharingOptions,
): CompressedNetwork {
  const kernels = new Map<string, CompressedKernel>();
  const others = new Map<string, Float32Array>();
  for (const layer of graph.layers) {
    for (const weight of layer.weights) {
      const values = weights.get(weight.name);
      if (values === undefined) throw new Error(`no values of ${weight.name}`);
      if (!isCompressed(weight)) {
        others.set(weight.name, values);
        continue;
      }
      const { codebook, codes } = shareWeights(values, codeBits(layer));
      kernels.set(weight.name, { codebook, ...sparseEntries(codes, indexBits), indexBits });
    }
  }
  return { kernels, others };
}
