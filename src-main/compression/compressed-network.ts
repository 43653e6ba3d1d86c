import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Weight } from '../../src-shared/networks/layer.ts';
import { isKernel } from '../../src-shared/networks/weights.ts';
import type { SparseKernel } from './sparse-kernel.ts';

/** A kernel that is pruned and shared, with the bits of its gaps. */
export interface CompressedKernel extends SparseKernel {
  readonly indexBits: number;
}

/** Kernels are compressed; biases and batch norm stay as they are. By weight name. */
export interface CompressedNetwork {
  readonly kernels: ReadonlyMap<string, CompressedKernel>;
  readonly others: ReadonlyMap<string, Float32Array>;
}

/** Whether Deep Compression works on a weight: on kernels of convolutions and dense layers. */
export function isCompressed(weight: Weight): boolean {
  return isKernel(weight);
}

/** All weights of a network in the order in which they are encoded: that of the graph. */
export function weightsOf(graph: Graph): Weight[] {
  return graph.layers.flatMap((layer) => layer.weights);
}
