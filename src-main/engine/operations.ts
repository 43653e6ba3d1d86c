import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type * as layers from '../../src-shared/networks/layers/operations.ts';

/** Layers compute with the tensors of TensorFlow.js. */
export interface EngineTensors {
  readonly map: Tensor4D;
  readonly matrix: Tensor2D;
  readonly vector: Tensor1D;
}

export type BatchNormWeights = layers.BatchNormWeights<EngineTensors>;

/**
 * The operations of a training step: an engine that has a kernel for one of them supplies it, with its gradient;
 * `composed-operations.ts` writes them with TensorFlow.js's own ops and runs on every backend.
 */
export interface Operations extends layers.Operations<EngineTensors> {
  /**
   * Mean over the batch of the cross-entropy between softmax(logits) and the one-hot labels smoothed by
   * `smoothing`: (1 - smoothing) on the true class plus smoothing / classes on each.
   *
   * @param logits [n, classes]
   * @param labels int32 [n]
   */
  crossEntropy(logits: Tensor2D, labels: Tensor1D, smoothing: number): Scalar;
}
