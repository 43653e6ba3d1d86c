import type { Graph, Weight } from '../../src-shared/networks/graph.ts';
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
export function isCompressed({ kind }: Weight): boolean {
  return kind === 'kernel' || kind === 'depthwise kernel';
}

/** All weights of a network in the order in which they are encoded: that of the graph. */
export function weightsOf(graph: Graph): Weight[] {
  return graph.layers.flatMap((layer) => layer.weights);
}
