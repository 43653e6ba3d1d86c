import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Subject } from '../subject.ts';
import { foldBatchNorm, type Network } from './fold-batch-norm.ts';
import { layerKernels, type LayerKernel } from './layer-kernel.ts';

export interface KernelOfRun {
  readonly trained: LayerKernel;
  /** Before the training; null where those weights were not kept. */
  readonly untrained: LayerKernel | null;
}

/** The kernels of a run's convolutions with batch norm folded into them, in the graph's order. */
export function kernelsOfRun(subject: Subject): KernelOfRun[] {
  const untrained = untrainedNetwork(subject);
  const before = new Map(
    untrained === null ? [] : layerKernels(untrained).map((kernel) => [kernel.layer.name, kernel]),
  );
  return layerKernels(trainedNetwork(subject)).map((trained) => ({
    trained,
    untrained: before.get(trained.layer.name) ?? null,
  }));
}

/** Those of 3x3 convolutions, depthwise ones among them. */
export function kernels3x3OfRun(subject: Subject): KernelOfRun[] {
  return kernelsOfRun(subject).filter(({ trained: { height, width } }) => height === 3 && width === 3);
}

/** The network at the end of its training, without batch norm. */
export function trainedNetwork(subject: Subject): Network {
  return foldBatchNorm({ graph: subject.graph, weights: subject.weights('last') });
}

/** The network before its training, without batch norm; null where its weights were not kept. */
export function untrainedNetwork(subject: Subject): Network | null {
  try {
    return foldBatchNorm({ graph: subject.graph, weights: subject.weights('initial') });
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') return null;
    throw error;
  }
}
